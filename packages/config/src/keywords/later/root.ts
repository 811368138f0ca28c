import { ipAddress } from '../../arguments/address.ts';
import { anyEntry, trackedEntry, trackedInterface } from '../../arguments/list-entries.ts';
import { decimalNumber, secondsBetween, wholeNumber } from '../../arguments/number.ts';
import { routeEntry } from '../../arguments/route-entry.ts';
import { ruleEntry } from '../../arguments/rule-entry.ts';
import { script } from '../../arguments/script.ts';
import { choice, nothing, optionalBoolean, optionalWord, word } from '../../arguments/simple.ts';
import {
  initialValue,
  linkDelays,
  objectWeight,
  polledInterface,
  watchedProcess,
} from '../../arguments/tracked-object.ts';
import { staticAddressEntry } from '../../arguments/virtual-address.ts';
import { entries, keywords, later } from '../row.ts';
import { staticAddressWords } from '../words/address-words.ts';
import { initFileWords, linkbeatWords } from '../words/option-words.ts';
import { staticRouteWords } from '../words/route-words.ts';
import { staticRuleWords } from '../words/rule-words.ts';
import { trackingWords } from '../words/tracking-words.ts';

const tracking = trackingWords({ most: 254, fallback: 'object', inEffect: false });
const trackingBfd = trackingWords({ most: 253, fallback: 'object', inEffect: false });
const trackingInterface = trackingWords({ most: 254, fallback: 'none', inEffect: false });

export const syncGroupRows = {
  group: later(nothing, 'Members of the group.', {
    property: 'members',
    repeat: 'first-wins',
    block: entries(anyEntry('INSTANCE')),
  }),
  track_interface: later(nothing, 'Interfaces whose state is watched by the sync group.', {
    repeat: 'accumulates',
    block: entries(trackedInterface, trackingInterface, '<entry>'),
  }),
  track_script: later(nothing, 'Scripts whose outcome counts for the group.', {
    repeat: 'accumulates',
    block: entries(trackedEntry, tracking, '<entry>'),
  }),
  track_file: later(nothing, 'Files whose value counts for the group.', {
    repeat: 'accumulates',
    block: entries(trackedEntry, tracking, '<entry>'),
  }),
  track_process: later(nothing, 'Processes whose number counts for the group.', {
    repeat: 'accumulates',
    block: entries(trackedEntry, tracking, '<entry>'),
  }),
  track_bfd: later(nothing, 'BFD instances whose state is watched by the sync group.', {
    repeat: 'accumulates',
    block: entries(trackedEntry, trackingBfd, '<entry>'),
  }),
  notify_backup: later(script({ user: 'allowed' }), 'Script run on entering BACKUP.', {
    repeat: 'first-wins',
  }),
  notify_master: later(script({ user: 'allowed' }), 'Script run on entering MASTER.', {
    repeat: 'first-wins',
  }),
  notify_fault: later(script({ user: 'allowed' }), 'Script run on entering FAULT.', { repeat: 'first-wins' }),
  notify_stop: later(script({ user: 'allowed' }), 'Script run when the daemon stops.', {
    repeat: 'first-wins',
  }),
  notify: later(
    script({ user: 'allowed' }),
    'Script run on every change; four arguments appended (type, name, state, priority).',
    { repeat: 'first-wins' },
  ),
  smtp_alert: later(optionalBoolean, 'Mail on group state changes.', {
    default: 'global smtp_alert_vrrp, else smtp_alert, else false',
  }),
  global_tracking: later(nothing, 'Old spelling.', {
    default: 'false',
    aliasOf: 'sync_group_tracking_weight',
    deprecated: 'write sync_group_tracking_weight',
  }),
  sync_group_tracking_weight: later(nothing, 'Allow weighted tracking on members of the group.', {
    default: 'false',
  }),
  notify_priority_changes: later(
    optionalBoolean,
    'Default of the members for priority change notifications.',
    { default: 'global vrrp_notify_priority_changes' },
  ),
} as const;

export const garpGroupRows = {
  garp_interval: later(secondsBetween(0, 4294.967295), 'Minimum time between gratuitous ARPs.', {
    property: 'interval',
  }),
  gna_interval: later(secondsBetween(0, 4294.967295), 'Minimum time between unsolicited NAs.', {
    property: 'interval',
  }),
  interface: later(word({ syntax: 'IFNAME' }), 'One interface of the group.', { repeat: 'accumulates' }),
  interfaces: later(nothing, 'Interfaces of the group.', {
    repeat: 'accumulates',
    block: entries(anyEntry('IFNAME')),
  }),
} as const;

export const trackProcessRows = {
  process: later(watchedProcess, 'Program name or path (and arguments) to look for.', {
    property: 'process',
    repeat: 'first-wins',
    default: 'none (required)',
  }),
  param_match: later(
    choice(['initial', 'partial'], { bare: 'exact' }),
    'How arguments are compared; implies full_command.',
    { default: 'none; exact when bare or when arguments are given' },
  ),
  weight: later(objectWeight({ missing: 'ignored', low: -254, high: 254 }), 'Default weight.', {
    repeat: 'first-wins',
    default: '0',
  }),
  quorum: later(wholeNumber(1, 65535), 'Minimum number of matching processes.', { default: '1' }),
  quorum_max: later(wholeNumber(0, 65535), 'Maximum number of matching processes.', { default: 'no limit' }),
  delay: later(secondsBetween(0.000001, 3600), 'Sets terminate_delay and fork_delay.', { default: '0' }),
  terminate_delay: later(secondsBetween(0.000001, 3600), 'Delay before a lost quorum takes effect.', {
    default: '0',
  }),
  fork_delay: later(secondsBetween(0.000001, 3600), 'Delay before a gained quorum takes effect.', {
    default: '0',
  }),
  full_command: later(nothing, 'Compare the full command line path.', {
    default: 'off (compare the 15 character comm name)',
  }),
} as const;

export const trackFileRows = {
  file: later(
    word({ syntax: 'PATH', missing: 'ignored' }),
    'Path; content parsed as C integer, missing or empty = 0, outside 32 bit: ignored.',
    { property: 'file', repeat: 'first-wins', default: 'none (required)' },
  ),
  weight: later(
    objectWeight({ missing: 'ignored', low: -254, high: 254, outside: 1 }),
    'Multiplier of the file value; 0 = any non-zero value means FAULT.',
    { repeat: 'first-wins', default: '1' },
  ),
  init_file: later(
    initialValue,
    'Create the file at start with VALUE (0 if none) if absent, or always with overwrite; not on reload or -t.',
    { default: 'file not created', words: initFileWords },
  ),
} as const;

export const trackGroupRows = {
  group: later(nothing, 'Instances of the track group.', {
    repeat: 'first-wins',
    block: entries(anyEntry('INSTANCE')),
  }),
} as const;

export const bfdInstanceRows = {
  source_ip: later(ipAddress(), 'Local address.', { owner: 'bfd', default: 'chosen by the kernel' }),
  neighbor_ip: later(ipAddress(), 'Remote address.', {
    property: 'neighbor',
    owner: 'bfd',
    default: 'none (required)',
  }),
  neighbour_ip: later(ipAddress(), 'British spelling.', { owner: 'bfd', aliasOf: 'neighbor_ip' }),
  min_rx: later(
    decimalNumber(1, 4294967, 3, { strict: true, syntax: 'MILLISECONDS' }),
    'Required minimum receive interval.',
    {
      owner: 'bfd',
      default: '10',
    },
  ),
  min_tx: later(
    decimalNumber(1, 4294967, 3, { strict: true, syntax: 'MILLISECONDS' }),
    'Desired minimum transmit interval.',
    {
      owner: 'bfd',
      default: '10',
    },
  ),
  idle_tx: later(
    decimalNumber(1000, 4294967, 3, { strict: true, syntax: 'MILLISECONDS' }),
    'Transmit interval while the session is down.',
    { owner: 'bfd', default: '1000' },
  ),
  multiplier: later(wholeNumber(1, 255, { strict: true }), 'Detection multiplier.', {
    owner: 'bfd',
    default: '5',
  }),
  passive: later(nothing, 'Send nothing until the peer is heard.', { owner: 'bfd' }),
  ttl: later(wholeNumber(1, 255, { strict: true }), 'TTL of sent packets.', {
    owner: 'bfd',
    default: '255 (IPv4), 64 (IPv6)',
  }),
  hoplimit: later(wholeNumber(1, 255, { strict: true }), 'IPv6 spelling.', {
    owner: 'bfd',
    default: 'as ttl',
    aliasOf: 'ttl',
  }),
  max_hops: later(wholeNumber(-1, 255, { strict: true }), 'Hops received packets may have traversed.', {
    owner: 'bfd',
    default: '0',
  }),
  multihop: later(optionalBoolean, 'Use UDP port 4784 instead of 3784.', { owner: 'bfd', default: 'false' }),
  weight: later(objectWeight({ low: -253, high: 253 }), 'Default weight for track_bfd.', {
    owner: 'vrrp',
    default: '0',
    words: {
      reverse: later(nothing, 'The weight counts the other way round.', { default: 'off' }),
    },
  }),
  vrrp: later(nothing, 'Deliver events to the VRRP process.', {
    owner: 'vrrp',
    default: 'both processes get events',
  }),
  checker: later(nothing, 'Deliver events to the checker process.', {
    owner: 'checker',
    default: 'both processes get events',
  }),
} as const;

/** Root keywords that are accepted and do nothing yet. */
export const laterRootRows = {
  linkbeat_use_polling: later(
    nothing,
    'Poll link state of every VRRP interface instead of relying on netlink (only in builds with linkbeat).',
    { owner: 'core' },
  ),
  net_namespace: later(
    word({ syntax: 'NAME', missing: 'ignored' }),
    'Run the daemon inside the named network namespace; also switches pid files to the per-instance directory. Not changed by a reload.',
    { owner: 'core', repeat: 'first-wins', default: 'none (current namespace)' },
  ),
  net_namespace_ipvs: later(
    optionalWord('NAME'),
    'Namespace in which the IPVS tables are managed, if different from the one VRRP runs in.',
    { owner: 'core', repeat: 'first-wins', default: 'same as net_namespace' },
  ),
  namespace_with_ipsets: later(
    nothing,
    'Allow ipsets although a network namespace is used (older kernels have no per-namespace ipsets).',
    { owner: 'core' },
  ),
  use_pid_dir: later(nothing, 'Write pid files below RUNSTATEDIR/keepalived/ instead of RUNSTATEDIR.', {
    owner: 'core',
  }),
  instance: later(
    word({ syntax: 'NAME', missing: 'ignored' }),
    'Name of this daemon instance: used in pid file names, syslog ident and dump file names; ignored on reload.',
    { owner: 'core', repeat: 'first-wins' },
  ),
  track_group: later(
    word({ missing: 'ignored', alone: true }),
    'Named set of VRRP instances that track the interfaces of static addresses, routes and rules naming the group.',
    { repeat: 'accumulates', block: keywords(trackGroupRows) },
  ),
  static_ipaddress: later(nothing, 'Addresses configured once at start and not moved by VRRP.', {
    repeat: 'accumulates',
    block: entries(staticAddressEntry, staticAddressWords, '<address>'),
  }),
  static_routes: later(nothing, 'Routes configured once at start.', {
    repeat: 'accumulates',
    block: entries(routeEntry(staticRouteWords), staticRouteWords, '<route>'),
  }),
  static_rules: later(nothing, 'Policy rules configured once at start.', {
    repeat: 'accumulates',
    block: entries(ruleEntry(staticRuleWords), staticRuleWords, '<rule>'),
  }),
  linkbeat_interfaces: later(nothing, 'Interfaces whose link state is polled.', {
    repeat: 'accumulates',
    block: entries(polledInterface, linkbeatWords, '<interface>'),
  }),
  interface_up_down_delays: later(nothing, 'Debounce times applied to interface down and up events.', {
    repeat: 'accumulates',
    default: 'none (0)',
    block: entries(linkDelays),
  }),
  vrrp_sync_group: later(
    word({ missing: 'ignored', alone: true }),
    'Set of instances that change state together.',
    {
      repeat: 'accumulates',
      block: keywords(syncGroupRows),
    },
  ),
  garp_group: later(nothing, 'Interfaces that share one pacing queue for gratuitous ARP/NA.', {
    repeat: 'accumulates',
    block: keywords(garpGroupRows),
  }),
  vrrp_track_process: later(word({ missing: 'ignored' }), 'Processes whose existence is watched.', {
    repeat: 'accumulates',
    block: keywords(trackProcessRows),
  }),
  track_file: later(
    word({ missing: 'ignored' }),
    'File whose integer content is used as status (also read by the checker process).',
    { repeat: 'accumulates', block: keywords(trackFileRows) },
  ),
  vrrp_track_file: later(
    word({ missing: 'ignored' }),
    'File whose integer content is used as status (also read by the checker process).',
    {
      repeat: 'accumulates',
      aliasOf: 'track_file',
      deprecated: 'write track_file',
      tolerated: true,
      block: keywords(trackFileRows),
    },
  ),
  bfd_instance: later(word({ missing: 'ignored', longest: 31 }), 'One BFD session.', {
    owner: 'bfd',
    repeat: 'accumulates',
    block: keywords(bfdInstanceRows),
  }),
} as const;
