import { type ExceptionClass, has, says, tells, unknownToThem } from '../verdicts.ts';
import { instance } from './texts.ts';

/** Mistakes after which keepalived reads other lines than we do. */
const derails = [
  ...['missing-closing-brace', 'missing-opening-brace', 'surplus-brace', 'unexpected-brace'],
  ...['early-closing-brace', 'unknown-keyword', 'unterminated-quote'],
];
const derailed = /Unknown keyword|Unexpected '\{'|Extra '\}'|missing '\}'|Missing '\{'|Unterminated quote/;

/** Where reading goes on otherwise after a mistake that both complain about, or that one of them leaves out. */
export const readingOn: readonly ExceptionClass[] = [
  {
    name: 'derailed',
    reason:
      'both complain; behind an unknown block, a brace or a quote keepalived reads the following lines at another level, and ends at one of them, or never comes to it',
    example:
      'vrrp_instance V {\n interface eth0\n virtual_router_id 5\n virtual_ipaddress {\n notify_fault /bin/true\n}\n',
    applies: (verdicts) =>
      verdicts.ours.exit !== 0 &&
      verdicts.theirs.exit !== 0 &&
      tells(verdicts, ...derails) &&
      says(verdicts, derailed),
  },
  {
    name: 'a block keyword on the last line',
    reason: 'keepalived misses the braces of a block only when another line comes',
    example: 'virtual_server group V2',
    applies: (verdicts) => verdicts.theirs.exit === 0 && tells(verdicts, 'missing-opening-brace'),
  },
  {
    name: 'a namespace behind an open block',
    reason:
      'we take the block to end before net_namespace, as indentation or keyword say; keepalived reads it inside',
    example: 'global_defs {\n router_id a\nnet_namespace none\n',
    applies: (verdicts) =>
      tells(verdicts, 'namespace-missing') &&
      tells(verdicts, 'missing-closing-brace') &&
      unknownToThem(verdicts).includes('net_namespace'),
  },
  {
    name: 'a namespace that only keepalived sees',
    reason:
      'behind an unknown block it reads net_namespace at the outermost level, where its test ends for lack of it',
    example: 'global_defs {\nstatic_rules {\n}\nnet_namespace none\n}\n',
    applies: (verdicts) =>
      verdicts.theirs.exit === 0 &&
      has(verdicts, /net_namespace/) &&
      tells(verdicts, ...derails) &&
      says(verdicts, derailed),
  },
  {
    name: 'a missing argument in a block that is skipped',
    reason: 'we skip a block whose first line is unusable; keepalived reads it, and ends at the argument',
    example: 'vrrp_instance <your_name> {\n priority\n}\n',
    applies: (verdicts) =>
      verdicts.ours.exit === 5 &&
      verdicts.theirs.exit === 2 &&
      tells(verdicts, 'placeholder', 'bad-address', 'bad-port', 'given-twice') &&
      says(verdicts, /is missing a parameter/),
  },
  {
    name: 'a brace in quotes',
    reason: 'to us it is a character; keepalived takes it for a brace where it stands alone',
    example: 'vrrp_instance V {\nvirtual_ipaddress "{"\n}\nnotify_fault /bin/true\n',
    applies: (verdicts) => verdicts.ours.exit !== 0 && verdicts.theirs.exit !== 0 && has(verdicts, /"[{}]"/),
  },
  {
    name: 'parentheses of a sequence with a brace, or made by a parameter',
    reason:
      'keepalived looks for the closing one before it replaces parameters, and cuts the line at a brace before',
    example: instance().replace(' 10.0.0.9', '~SEQ(v }3) 10.0.1.$v'),
    applies: (verdicts) => has(verdicts, /~(?:SEQx?|LST)\s*\((?:[^)\n]*[{}]|[^)\n]*$)/m),
  },
  {
    name: 'a file that includes itself',
    reason: 'it is read once; keepalived opens it until it has no more files to open',
    example: 'includer *.conf\n',
    applies: ({ ours }) => ours.diagnostics.some(({ message }) => message.includes('includes itself')),
  },
  {
    name: 'the rest of a line about an interface that is not there',
    reason: 'keepalived does not look at it, and ends with 4; we tell what is wrong with it, too, which is 5',
    example: `interface_up_down_delays {\n eth7 DOWN\n}\n${instance()}`,
    applies: (verdicts) =>
      verdicts.theirs.exit === 4 &&
      verdicts.ours.exit === 5 &&
      says(verdicts, /unknown interface \S+ specified for (?:up\/down delay|linkbeat interface)/),
  },
  {
    name: 'a virtual server whose group is not there',
    reason: 'we leave it out as a whole; keepalived tells the mistakes of its lines first',
    example: 'virtual_server group none {\n sh-port\n real_server 10.0.0.3 80 {\n }\n}\n',
    applies: (verdicts) => verdicts.theirs.exit === 5 && tells(verdicts, 'group-undefined'),
  },
  {
    name: 'a script behind a user who is not there',
    reason:
      'keepalived forgets the first notify script and takes the second for it; we tell that it was given before',
    example: instance(' notify_master /bin/true nosuch\n notify_master /bin/true nosuch'),
    applies: (verdicts) =>
      tells(verdicts, 'given-twice') &&
      has(verdicts, /notify\w*\s+(?:"[^"]*"|\S+)\s+\S+/) &&
      !says(verdicts, /already/),
  },
];
