import { ipAddress } from '../../arguments/address.ts';
import { secondsBetween, wholeNumber } from '../../arguments/number.ts';
import { script, scriptUser } from '../../arguments/script.ts';
import { anyWords, choice, nothing, optionalBoolean, word } from '../../arguments/simple.ts';
import { keywords, later } from '../row.ts';

/** Where a checker connects to, and how patient it is. */
export const connectionRows = {
  connect_ip: later(ipAddress(), 'Address to connect to.', {
    owner: 'checker',
    default: 'address of the real server',
  }),
  connect_port: later(wholeNumber(1, 65535, { syntax: 'PORT' }), 'Port to connect to.', {
    owner: 'checker',
    default: 'port of the real server',
  }),
  bindto: later(ipAddress(), 'Source address.', { owner: 'checker' }),
  bind_port: later(wholeNumber(1, 65535, { syntax: 'PORT' }), 'Source port.', { owner: 'checker' }),
  bind_if: later(word({ syntax: 'IFNAME', longest: 15 }), 'Interface to bind to.', { owner: 'checker' }),
  connect_timeout: later(secondsBetween(0.000001, 4294.967295), 'Connection and I/O timeout.', {
    owner: 'checker',
    default: 'connect_timeout of the real server (5)',
  }),
  fwmark: later(wholeNumber(0, 4294967295), 'Mark set on the check packets.', {
    owner: 'checker',
    default: '0',
  }),
  retry: later(wholeNumber(0, 4294967295), 'Extra attempts before the check fails.', {
    owner: 'checker',
    default: 'real server setting, else 1',
  }),
  delay_before_retry: later(secondsBetween(0, 4294967.295), 'Delay before an extra attempt.', {
    owner: 'checker',
    default: 'real server setting, else 1 s',
  }),
  warmup: later(secondsBetween(0, 4294967.295), 'Upper bound of the random start delay.', {
    owner: 'checker',
    default: 'real server setting, else delay_loop',
  }),
  delay_loop: later(secondsBetween(0.000001, 4294967.295), 'Check interval.', {
    owner: 'checker',
    default: 'real server setting (60)',
  }),
  alpha: later(optionalBoolean, 'Start in failed state.', {
    owner: 'checker',
    default: 'real server setting',
  }),
  log_all_failures: later(optionalBoolean, 'Log failures that are still being retried.', {
    owner: 'checker',
    default: 'false (global checker_log_all_failures also enables)',
  }),
} as const;

const urlRows = {
  path: later(word({ syntax: 'PATH' }), 'Request path.', { owner: 'checker', default: 'none (required)' }),
  digest: later(word({ syntax: 'MD5HEX' }), 'MD5 of the body.', { owner: 'checker', repeat: 'first-wins' }),
  status_code: later(anyWords('CODE|FIRST-LAST ...'), 'Accepted status codes.', {
    owner: 'checker',
    repeat: 'accumulates',
    default: '200-299',
  }),
  virtualhost: later(word({ syntax: 'STRING', missing: 'ignored' }), 'Host header of this url.', {
    owner: 'checker',
    default: 'checker virtualhost',
  }),
  regex: later(
    anyWords('PATTERN (quoted and escaped string allowed)'),
    'PCRE2 pattern searched in the body.',
    { owner: 'checker' },
  ),
  regex_no_match: later(nothing, 'Succeed only if the pattern is absent.', { owner: 'checker' }),
  regex_options: later(anyWords('OPTION ...'), 'PCRE2 compile options.', {
    owner: 'checker',
    repeat: 'accumulates',
  }),
  regex_min_offset: later(
    wholeNumber(0, 4294967295, { syntax: 'BYTES' }),
    'Offset at which matching starts.',
    { owner: 'checker', default: '0' },
  ),
  regex_max_offset: later(
    wholeNumber(0, 4294967295, { syntax: 'BYTES' }),
    'Largest offset at which a match may start.',
    { owner: 'checker', default: 'no limit' },
  ),
  regex_stack: later(anyWords('START MAX'), 'JIT stack sizes (largest of all urls used).', {
    owner: 'checker',
    default: 'PCRE2 default',
  }),
} as const;

const miscCheckRows = {
  retry: later(wholeNumber(0, 4294967295), 'Extra attempts before the check fails.', {
    owner: 'checker',
    default: 'real server setting, else 0',
  }),
  delay_before_retry: later(secondsBetween(0, 4294967.295), 'Delay before an extra attempt.', {
    owner: 'checker',
    default: 'real server setting, else 1 s',
  }),
  warmup: later(secondsBetween(0, 4294967.295), 'Upper bound of the random start delay.', {
    owner: 'checker',
    default: 'real server setting, else delay_loop',
  }),
  delay_loop: later(secondsBetween(0.000001, 4294967.295), 'Check interval.', {
    owner: 'checker',
    default: 'real server setting (60)',
  }),
  alpha: later(optionalBoolean, 'Start in failed state.', {
    owner: 'checker',
    default: 'real server setting',
  }),
  log_all_failures: later(optionalBoolean, 'Log failures that are still being retried.', {
    owner: 'checker',
    default: 'false (global checker_log_all_failures also enables)',
  }),
  misc_path: later(script(), 'Program to run.', { owner: 'checker', default: 'none (required)' }),
  misc_timeout: later(secondsBetween(0, 4294, { places: 0 }), 'Time limit of the program.', {
    owner: 'checker',
    default: '0 (= delay_loop of the virtual server)',
  }),
  misc_dynamic: later(nothing, 'Exit codes 2..255 set the weight to code - 2.', { owner: 'checker' }),
  user: later(scriptUser, 'User and group of the program.', {
    owner: 'checker',
    default: 'default script user',
  }),
} as const;

const smtpCheckRows = {
  ...connectionRows,
  helo_name: later(word({ syntax: 'NAME', missing: 'ignored' }), 'Name sent in HELO.', {
    owner: 'checker',
    default: 'smtpchecker.keepalived.org',
  }),
  host: later(nothing, 'Additional target.', {
    owner: 'checker',
    repeat: 'accumulates',
    deprecated: 'define more checkers',
    block: keywords(connectionRows),
  }),
} as const;

const udpCheckRows = {
  ...connectionRows,
  payload: later(anyWords('HEX [HEX ...]'), 'Bytes to send.', {
    owner: 'checker',
    default: '32 bytes of filler text',
  }),
  require_reply: later(
    anyWords('[HEX with x as nibble wildcard]', 'optional'),
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

const sslUrlRows = {
  ...urlRows,
  tls_compliant: later(optionalBoolean, 'Expects the server to end the connection as TLS prescribes.', {
    owner: 'checker',
  }),
} as const;

const httpGetRows = {
  ...connectionRows,
  nb_get_retry: later(wholeNumber(0, 4294967295), 'Old spelling.', {
    owner: 'checker',
    aliasOf: 'retry',
    deprecated: 'write retry',
  }),
  virtualhost: later(word({ syntax: 'STRING', missing: 'ignored' }), 'Host header.', {
    owner: 'checker',
    default: 'real server virtualhost, else virtual server virtualhost, else address:port',
  }),
  http_protocol: later(
    choice(['1.0', '1.0c', '1.0C', '1.1']),
    'Request version; c adds a Connection: close header (1.1 always does).',
    { owner: 'checker', default: '1.0' },
  ),
  enable_sni: later(optionalBoolean, 'Send SNI (name: sni_name, url/checker/virtual server virtualhost).', {
    owner: 'checker',
    default: 'false',
  }),
  sni_name: later(anyWords('[NAME]', 'optional'), 'Name sent in SNI; implies enable_sni.', {
    owner: 'checker',
    default: 'the virtualhost',
  }),
  fast_recovery: later(optionalBoolean, 'Check the remaining urls without delay while recovering.', {
    owner: 'checker',
    default: 'false',
  }),
  url: later(nothing, 'One url to fetch.', {
    owner: 'checker',
    repeat: 'accumulates',
    block: keywords(urlRows),
  }),
} as const;

const sslGetRows = {
  ...httpGetRows,
  url: { ...httpGetRows.url, block: keywords(sslUrlRows) },
  tls_compliant: later(optionalBoolean, 'Shut TLS down as the standard demands.', {
    owner: 'checker',
    default: 'false',
  }),
} as const;

const dnsCheckRows = {
  ...connectionRows,
  type: later(anyWords('A|NS|CNAME|SOA|MX|TXT|AAAA|RRSIG|DNSKEY (case-insensitive)'), 'Query type.', {
    owner: 'checker',
    default: 'SOA',
  }),
  name: later(word({ syntax: 'NAME' }), 'Query name.', {
    owner: 'checker',
    repeat: 'first-wins',
    default: 'root (.)',
  }),
} as const;

const fileCheckRows = {
  track_file: later(word({ syntax: 'NAME' }), 'Name of the track_file.', {
    owner: 'checker',
    default: 'none (required)',
  }),
  weight: later(anyWords('INT [reverse|noreverse]'), 'Multiplier of the file value.', {
    owner: 'checker',
    default: 'setting of the track_file',
  }),
} as const;

const bfdCheckRows = {
  name: later(word({ syntax: 'NAME' }), 'Name of the bfd_instance (which must be defined before).', {
    owner: 'checker',
    repeat: 'first-wins',
    default: 'none (required)',
  }),
  alpha: later(optionalBoolean, 'Start in failed state.', {
    owner: 'checker',
    default: 'real server setting',
  }),
} as const;

/** Checkers of a `real_server`: at least one should be there. */
export const checkerRows = {
  MISC_CHECK: later(nothing, 'Check by running a program.', {
    owner: 'checker',
    repeat: 'accumulates',
    block: keywords(miscCheckRows),
  }),
  SMTP_CHECK: later(nothing, 'Check by an SMTP greeting dialogue.', {
    owner: 'checker',
    repeat: 'accumulates',
    block: keywords(smtpCheckRows),
  }),
  TCP_CHECK: later(nothing, 'Check by a TCP connection.', {
    owner: 'checker',
    repeat: 'accumulates',
    block: keywords(connectionRows),
  }),
  PING_CHECK: later(nothing, 'Check by an ICMP echo.', {
    owner: 'checker',
    repeat: 'accumulates',
    block: keywords(connectionRows),
  }),
  UDP_CHECK: later(nothing, 'Check by a UDP packet.', {
    owner: 'checker',
    repeat: 'accumulates',
    block: keywords(udpCheckRows),
  }),
  HTTP_GET: later(nothing, 'Check by HTTP requests.', {
    owner: 'checker',
    repeat: 'accumulates',
    block: keywords(httpGetRows),
  }),
  SSL_GET: later(nothing, 'Check by HTTPS requests.', {
    owner: 'checker',
    repeat: 'accumulates',
    block: keywords(sslGetRows),
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
