import { domainName, hexBytes } from '../../arguments/checker-options.ts';
import { wholeNumber } from '../../arguments/number.ts';
import { choice, nothing, optionalBoolean, word } from '../../arguments/simple.ts';
import { objectWeight } from '../../arguments/tracked-object.ts';
import { type CheckerDefaults, connectionRows } from '../checker-connection.ts';
import { keywords, later, type Rows } from '../row.ts';
import { reverseWords } from '../words/option-words.ts';

/** The usual rows of a checker, for those that do nothing yet. */
const rowsNotYet = (defaults?: CheckerDefaults): Rows =>
  Object.fromEntries(
    Object.entries(connectionRows(defaults)).map(([name, row]) => [name, { ...row, inEffect: false }]),
  );
const notYet = rowsNotYet();

const smtpCheckRows = {
  ...notYet,
  helo_name: later(word({ syntax: 'NAME', missing: 'ignored' }), 'Name sent in HELO.', {
    owner: 'checker',
    default: 'smtpchecker.keepalived.org',
  }),
  host: later(nothing, 'Additional target.', {
    owner: 'checker',
    repeat: 'accumulates',
    deprecated: 'define more checkers',
    tolerated: true,
    block: keywords(notYet),
  }),
} as const;

const udpCheckRows = {
  ...notYet,
  payload: later(hexBytes(), 'Bytes to send.', {
    owner: 'checker',
    default: '32 bytes of filler text',
  }),
  require_reply: later(
    hexBytes({ wildcards: true, optional: true }),
    'Require a reply (starting with the pattern).',
    { owner: 'checker', default: 'no reply needed' },
  ),
  min_reply_length: later(
    wholeNumber(0, 65535, { strict: true, syntax: 'BYTES' }),
    'Shortest accepted reply.',
    { owner: 'checker', default: '0' },
  ),
  max_reply_length: later(
    wholeNumber(0, 65535, { strict: true, syntax: 'BYTES' }),
    'Longest accepted reply.',
    { owner: 'checker', default: '255' },
  ),
} as const;

const dnsCheckRows = {
  ...rowsNotYet({ retry: '3', delay: 'delay_loop' }),
  type: later(
    choice(['A', 'NS', 'CNAME', 'SOA', 'MX', 'TXT', 'AAAA', 'RRSIG', 'DNSKEY'], { ignoreCase: true }),
    'Query type.',
    {
      owner: 'checker',
      default: 'SOA',
    },
  ),
  name: later(domainName, 'Query name.', {
    owner: 'checker',
    repeat: 'first-wins',
    default: 'root (.)',
  }),
} as const;

export const fileCheckRows = {
  track_file: later(word({ syntax: 'NAME' }), 'Name of the track_file.', {
    property: 'trackFile',
    owner: 'checker',
    default: 'none (required)',
  }),
  weight: later(
    objectWeight({ missing: 'ignored', low: -2147483647, high: 2147483647, words: ['reverse', 'noreverse'] }),
    'Multiplier of the file value.',
    {
      owner: 'checker',
      default: 'setting of the track_file',
      words: reverseWords,
    },
  ),
} as const;

export const bfdCheckRows = {
  name: later(
    word({ syntax: 'NAME', missing: 'ignored', alone: true }),
    'Name of the bfd_instance (which must be defined before).',
    {
      property: 'bfdName',
      owner: 'checker',
      repeat: 'first-wins',
      default: 'none (required)',
    },
  ),
  alpha: later(optionalBoolean, 'Start in failed state.', {
    owner: 'checker',
    default: 'real server setting',
  }),
} as const;

/** Checkers that are accepted and do nothing yet. */
export const laterCheckerRows = {
  SMTP_CHECK: later(nothing, 'Check by an SMTP greeting dialogue.', {
    owner: 'checker',
    repeat: 'accumulates',
    block: keywords(smtpCheckRows),
  }),
  PING_CHECK: later(nothing, 'Check by an ICMP echo.', {
    owner: 'checker',
    repeat: 'accumulates',
    block: keywords(notYet),
  }),
  UDP_CHECK: later(nothing, 'Check by a UDP packet.', {
    owner: 'checker',
    repeat: 'accumulates',
    block: keywords(udpCheckRows),
  }),
  DNS_CHECK: later(nothing, 'Check by a DNS query.', {
    owner: 'checker',
    repeat: 'accumulates',
    block: keywords(dnsCheckRows),
  }),
  FILE_CHECK: later(nothing, 'Weight or state from a track_file.', {
    owner: 'checker',
    repeat: 'accumulates',
    block: keywords(fileCheckRows),
  }),
  BFD_CHECK: later(nothing, 'State from a BFD instance.', {
    owner: 'checker',
    repeat: 'accumulates',
    block: keywords(bfdCheckRows),
  }),
} as const;
