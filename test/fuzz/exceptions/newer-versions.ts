import { counted, type ExceptionClass, has, says, tells, unknownToThem } from '../verdicts.ts';
import { instance } from './texts.ts';

/** Keywords that came after 2.2.7 (keywords of the manual of 2.4, unknown to the program when tried). */
const newKeywords: ReadonlySet<string> = new Set([
  ...['use_symlink_paths', 'set_supplementary_groups', 'v3_checksum_as_v2', 'snmp_vs_stats_update_interval'],
  ...['snmp_rs_stats_update_interval', 'dbus_no_interface_name', 'vrrp_delay_after_boot', 'vrrp_ipsets'],
  ...['vrrp_owner_ignore_adverts', 'json_version', 'iproute_usr_dir', 'iproute_etc_dir', 'state_dump_file'],
  ...['stats_dump_file', 'json_dump_file', 'no_virtual_ipaddress', 'timer_expired_backup', 'sni_name'],
  ...['thread_timer_expired', 'owner_ignore_adverts', 'auth_hmac', 'tls_compliant', 'multihop'],
]);
const ownKeywords: ReadonlySet<string> = new Set(['vrrp_socket', 'checks_in_flight']);

/** What versions after 2.2.7 read otherwise; ours follows them. */
export const newerVersions: readonly ExceptionClass[] = [
  {
    name: 'a keyword newer than 2.2.7',
    reason: 'it is unknown there, and the lines of its block with it',
    example: instance(' timer_expired_backup'),
    applies: (verdicts) => {
      const theirs = unknownToThem(verdicts).filter((name) => newKeywords.has(name));
      const ours = counted(verdicts).filter(({ code }) => code === 'unknown-keyword');
      return theirs.some((name) => !ours.some(({ message }) => message.includes(`keyword ${name}`)));
    },
  },
  {
    name: 'a keyword of ours',
    reason: 'it is taken without @holdfast before it, too, with a lint',
    example: `global_defs {\n checks_in_flight 5\n}\n${instance()}`,
    applies: (verdicts) => unknownToThem(verdicts).some((name) => ownKeywords.has(name)),
  },
  {
    name: 'words of use_vmac and use_ipvlan newer than 2.2.7',
    reason: 'name, group and netlink_notify_msg are names of interfaces there',
    example: instance(' use_ipvlan 10.0.0.3 group root'),
    applies: (verdicts) =>
      has(verdicts, /use_(?:vmac|ipvlan)\b.*\b(?:name|group|netlink_notify_msg)\b/) &&
      says(verdicts, /already specified|netlink_notify_msg|VMAC|too long|address/i),
  },
  {
    name: 'a type of route behind "to"',
    reason: '2.2.7 takes it for a wrong address',
    example: instance(' virtual_routes {\n to blackhole 10.0.0.0/8 dev eth0\n }'),
    applies: (verdicts) =>
      verdicts.ours.exit === 0 && has(verdicts, /\bto\s+(?:blackhole|unreachable|prohibit|unicast|local)\b/),
  },
  {
    name: 'an escaped comment sign',
    reason: 'newer versions read \\# and \\! as characters, 2.2.7 as the beginning of a comment',
    example: instance(' \\# 1'),
    applies: (verdicts) => has(verdicts, /\\[#!]/),
  },
  {
    name: 'a backslash at the end of a line',
    reason: 'newer versions take it for a word of its own, 2.2.7 for part of the last one',
    example: instance(' priority 100 \\'),
    applies: (verdicts) => has(verdicts, /\\[ \t\r]*$/m) && says(verdicts, /\\/),
  },
  {
    name: 'a line too long, or with a NUL byte',
    reason:
      'newer versions leave the line out and say so; 2.2.7 reads its rest as another line, or its beginning',
    example: instance(' priority 5\0'),
    applies: (verdicts) => tells(verdicts, 'line-too-long', 'nul-byte'),
  },
  {
    name: 'chance, and variables of the environment',
    reason: 'newer versions know _ENV and check the bounds of _RANDOM; a random number differs anyway',
    example: instance(' priority $'.concat('{_RANDOM 200 1}')),
    applies: (verdicts) => has(verdicts, /_RANDOM|_ENV/),
  },
  {
    name: 'fractions of a second in vrrp_script',
    reason: 'interval and timeout are whole seconds up to 2.3.1',
    example: `vrrp_script a {\n script /bin/true\n interval 1.5\n}\n`,
    applies: (verdicts) => says(verdicts, /vrrp script (?:interval|timeout) '[\d.]*\.\d*'/),
  },
  {
    name: 'the longest interval of a garp_group',
    reason: 'it was 2147.483647 s, and is 4294.967295 s',
    example: 'garp_group {\n garp_interval 4000\n interface eth0\n}\n',
    applies: (verdicts) => says(verdicts, /outside range \[0\.000000, 2147\.483647\]/),
  },
  {
    name: 'peers without an interface',
    reason: 'newer versions run such an instance on the source address; 2.2.7 knows no interface for it',
    example: instance(' unicast_src_ip 10.0.0.2\n unicast_peer {\n 10.0.0.3\n }').replace(
      'interface eth0',
      '',
    ),
    applies: (verdicts) => says(verdicts, /Unknown interface!/) && has(verdicts, /unicast_src_ip/),
  },
  {
    name: 'a quote left open in a script',
    reason: 'newer versions drop the line and say so; 2.2.7 takes it as far as it goes',
    example: `vrrp_script a {\n script "/bin/bash ''x'"'\n}\n`,
    applies: (verdicts) => tells(verdicts, 'unterminated-quote') && !says(verdicts, /Unterminated quote/),
  },
  {
    name: 'a route without dev',
    reason: 'newer versions watch it by its next hop',
    example: 'static_routes {\n 10.0.0.0/8\n}\n',
    applies: (verdicts) => says(verdicts, /cannot track route .* with no interface specified/),
  },
  {
    name: 'default behind another address of a route',
    reason: '2.2.7 knows no family for it, and takes the route for one of two families',
    example: 'static_routes {\n 10.0.0.0/8 default dev eth0\n}\n',
    applies: (verdicts) =>
      says(verdicts, /Cannot mix IPv4 and IPv6 addresses for route \((?:default|any|all)\)/),
  },
  {
    name: 'inet and inet6 in routes and rules',
    reason: '2.2.7 swallows the word behind them',
    example: 'static_routes {\n inet default dev eth0\n}\n',
    applies: (verdicts) => has(verdicts, /^\s*inet6?\s/m) && says(verdicts, /\S/),
  },
];
