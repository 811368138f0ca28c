import { type ExceptionClass, has, says, tells } from '../verdicts.ts';
import { instance } from './texts.ts';

const crashes: ReadonlySet<unknown> = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGFPE']);

/** Where keepalived 2.2.7 gives no verdict, or one by accident. */
export const defects: readonly ExceptionClass[] = [
  {
    name: 'keepalived crashes',
    reason:
      'there is no verdict: 2.2.7 dies of a signal (an HTTP_GET without url, an object without a name, ...)',
    example: 'virtual_server 10.0.0.9 80 {\n real_server 10.0.0.3 80 {\n HTTP_GET {\n }\n }\n}\n',
    applies: ({ theirs }) => crashes.has(theirs.exit),
  },
  {
    name: 'keepalived runs for ever',
    reason:
      'there is no verdict: it was ended after three seconds (parameters in a circle, undefined track files, ...)',
    example: '$A=$A\nglobal_defs {\n router_id $A\n}\n',
    applies: ({ theirs }) => theirs.exit === 'endless',
  },
  {
    name: 'keepalived ends itself',
    reason: '2.2.7 sends itself SIGTERM where scripts are those of another user than root',
    example: instance(' notify_master /bin/true nobody'),
    applies: (verdicts) => verdicts.theirs.exit === 'SIGTERM' && has(verdicts, /\bnobody\b/),
  },
  {
    name: 'an object without a name',
    reason: '2.2.7 ends at once where newer versions skip the block: track_file, vrrp_script and their like',
    example: 'track_file {\n file /etc/hostname\n}\n',
    applies: (verdicts) =>
      verdicts.theirs.exit === 2 &&
      tells(verdicts, 'missing-argument', 'given-twice') &&
      says(
        verdicts,
        /starting `(?:track_file|vrrp_track_file|virtual_server_group|vrrp_script|vrrp_track_process|net_namespace_ipvs)` is missing a parameter/,
      ),
  },
  {
    name: 'words behind the name of a virtual_server_group',
    reason: '2.2.7 ends at once, naming a word that nobody wrote',
    example: 'virtual_server_group G extra {\n 10.0.0.9 80\n}\n',
    applies: (verdicts) =>
      verdicts.theirs.exit === 2 &&
      has(verdicts, /virtual_server_group\s+\S+[ \t]+\S/) &&
      says(verdicts, /starting `\*\*\*MISSING \*\*\*` is missing a parameter/),
  },
  {
    name: 'interface and interfaces in one garp_group',
    reason: '2.2.7 ends at a list behind a single interface, and at one that names an interface again',
    example: 'garp_group {\n garp_interval 1\n interface eth0\n interfaces {\n eth0\n }\n}\n',
    applies: (verdicts) =>
      verdicts.theirs.exit === 2 && has(verdicts, /garp_group/) && says(verdicts, /at word position 2/),
  },
  {
    name: 'a condition before an include',
    reason: '2.2.7 reads the file twice',
    example: '@r1 include a.conf\n',
    others: { 'a.conf': instance() },
    applies: (verdicts) =>
      has(verdicts, /^\s*@\S+\s+include/m) &&
      says(verdicts, /already (?:defined|exists|specified|configured)/),
  },
  {
    name: 'a group of marks of another family than its servers',
    reason: '2.2.7 takes all of the virtual server away without a word',
    example:
      'virtual_server_group G {\n fwmark 5 inet6\n}\nvirtual_server group G {\n lb_algo rr\n lb_kind NAT\n real_server 10.0.0.3 {\n }\n}\n',
    applies: (verdicts) =>
      verdicts.theirs.exit === 0 && has(verdicts, /fwmark \S+ inet6?/) && tells(verdicts, 'mixed-families'),
  },
  {
    name: 'another method behind the real servers',
    reason:
      '2.2.7 judges ports by the method that stood before the real server, and forwards by the last one',
    example:
      'virtual_server 10.0.0.9 80 {\n lb_algo rr\n lb_kind DR\n protocol TCP\n real_server 10.0.0.3 81 {\n }\n lb_kind NAT\n}\n',
    applies: (verdicts) =>
      has(verdicts, /(?:lb_kind|lvs_method)[\s\S]*real_server[\s\S]*(?:lb_kind|lvs_method)/) &&
      (tells(verdicts, 'port-not-translated') || says(verdicts, /ports don't match - resetting/)),
  },
];
