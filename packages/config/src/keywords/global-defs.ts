import { ipAddress } from '../arguments/address.ts';
import { includeCheck } from '../arguments/include-check.ts';
import { secondsBetween, wholeNumber } from '../arguments/number.ts';
import { pacing } from '../arguments/pacing.ts';
import { onlyLogged } from '../arguments/reading.ts';
import { checkedScriptUser } from '../arguments/script.ts';
import { choice, nothing, optionalBoolean, optionalWord, word } from '../arguments/simple.ts';
import { globalCheckerRows } from './global-checker.ts';
import { laterGlobalRows } from './later/global-defs.ts';
import { keyword, later } from './row.ts';
import { includeCheckWords } from './words/option-words.ts';

const unsigned = 2 ** 32 - 1;
const core = { owner: 'core' } as const;
const processName = word({ longest: 15, tooLong: 'cut' });

/** Defaults of instances. */
const instanceDefaults = {
  vrrp_garp_master_delay: keyword(secondsBetween(0, 4294, { places: 0 }), 'Default of garp_master_delay.', {
    default: '5',
  }),
  vrrp_garp_master_repeat: keyword(
    wholeNumber(0, unsigned, { zeroBecomes: 1 }),
    'Default of garp_master_repeat.',
    {
      default: '5',
    },
  ),
  vrrp_garp_master_refresh: keyword(
    secondsBetween(0, unsigned, { places: 0, outside: 0 }),
    'Default of garp_master_refresh.',
    { default: '0 (off)' },
  ),
  vrrp_garp_master_refresh_repeat: keyword(
    wholeNumber(0, unsigned, { zeroBecomes: 1 }),
    'Default of garp_master_refresh_repeat.',
    { default: '1' },
  ),
  vrrp_garp_lower_prio_delay: keyword(
    secondsBetween(0, 4294, { places: 0 }),
    'Default of garp_lower_prio_delay.',
    {
      default: 'value of vrrp_garp_master_delay',
    },
  ),
  vrrp_garp_lower_prio_repeat: keyword(wholeNumber(0, 2 ** 31 - 1), 'Default of garp_lower_prio_repeat.', {
    default: 'value of vrrp_garp_master_repeat',
  }),
  vrrp_min_garp: keyword(optionalBoolean, 'One gratuitous ARP an address where nothing else is configured.'),
  vrrp_down_timer_adverts: keyword(wholeNumber(1, 100), 'Default of down_timer_adverts.', { default: '3' }),
  vrrp_lower_prio_no_advert: keyword(optionalBoolean, 'Default of lower_prio_no_advert.', { default: 'off' }),
  vrrp_higher_prio_send_advert: keyword(optionalBoolean, 'Default of higher_prio_send_advert.', {
    default: 'off',
  }),
  vrrp_owner_ignore_adverts: keyword(optionalBoolean, 'Default of owner_ignore_adverts.', { default: 'off' }),
  vrrp_version: keyword(wholeNumber(2, 3), 'Default version of the protocol over IPv4.', { default: '2' }),
  vrrp_strict: keyword(onlyLogged(optionalBoolean), 'Default of strict_mode.', { default: 'off' }),
  vrrp_check_unicast_src: keyword(nothing, 'Default of check_unicast_src.', { default: 'off' }),
  vrrp_skip_check_adv_addr: keyword(onlyLogged(optionalBoolean), 'Default of skip_check_adv_addr.', {
    default: 'off',
  }),
  vrrp_notify_priority_changes: keyword(optionalBoolean, 'Default of notify_priority_changes.', {
    default: 'off',
  }),
  v3_checksum_as_v2: keyword(nothing, 'Default of v3_checksum_as_v2.', { default: 'off' }),
  vrrp_mcast_group4: keyword(
    ipAddress({ family: 4, multicast: true }),
    'The group that adverts over IPv4 go to.',
    {
      default: '224.0.0.18',
      source: 'RFC 9568 §5.1.1.2',
    },
  ),
} as const;

/** The daemon itself: names, scripts, scheduling, reload. */
const daemonRows = {
  router_id: keyword(
    word({ syntax: 'STRING', missing: 'ignored' }),
    'The name of this machine in messages.',
    {
      ...core,
      default: 'local host name',
    },
  ),
  process_names: keyword(nothing, 'Workers carry keepalived_vrrp and the like as process names.', core),
  process_name: keyword(processName, 'The process name of the parent.', {
    ...core,
    default: 'inherited program name',
  }),
  vrrp_process_name: keyword(processName, 'The process name of the vrrp worker.', {
    ...core,
    default: 'inherited program name',
  }),
  enable_script_security: keyword(
    nothing,
    'Programs that others than root could change do not run as root.',
    core,
  ),
  script_user: keyword(checkedScriptUser, 'Who runs the programs that name nobody themselves.', {
    ...core,
    default:
      'user keepalived_script if it exists, else root; group defaults to the primary group of the user',
  }),
  dynamic_interfaces: keyword(
    choice(['allow_if_changes'], { bare: '' }),
    'Interfaces may be missing at start and appear later.',
    core,
  ),
  vrrp_startup_delay: keyword(
    secondsBetween(0.001, 4294.967295),
    'No instance becomes master before this has passed.',
    {
      ...core,
      default: '0',
    },
  ),
  vrrp_priority: keyword(
    wholeNumber(-20, 19, { missing: 'ignored', outside: 0 }),
    'The nice value of the vrrp worker.',
    {
      ...core,
      default: '0',
    },
  ),
  vrrp_rt_priority: keyword(
    wholeNumber(1, 99, { missing: 'ignored', outside: 'clamp' }),
    'Real-time priority of the vrrp worker.',
    {
      ...core,
      default: '0 (normal scheduling)',
    },
  ),
  vrrp_garp_interval: keyword(pacing, 'Least time between two gratuitous ARPs on one interface.', {
    default: '0 (no pacing)',
  }),
  vrrp_gna_interval: later(
    pacing,
    'Least time between two unsolicited neighbour advertisements on one interface.',
    {
      default: '0 (no pacing)',
    },
  ),
  checker_log_all_failures: keyword(
    optionalBoolean,
    'Log every failed check, also those still being retried.',
    { owner: 'checker', default: 'false' },
  ),
  log_unknown_vrids: keyword(nothing, 'Logs adverts of virtual routers that are not configured here.'),
  reload_check_config: keyword(optionalWord('FILE'), 'A reload with any error or warning is refused.', {
    ...core,
    default: 'off; bare = /dev/null',
  }),
  include_check: keyword(
    includeCheck,
    'Which problems of include statements are fatal from here to the end of the file.',
    { ...core, default: 'off', words: includeCheckWords },
  ),
  vrrp_socket: keyword(
    choice(['native', 'raw-socket']),
    'The transport of adverts over IPv4. Write it behind @holdfast.',
    {
      default: 'native',
      source: 'Holdfast',
    },
  ),
} as const;

/** What stands in `global_defs { }`. */
export const globalRows = {
  ...instanceDefaults,
  ...daemonRows,
  ...globalCheckerRows,
  ...laterGlobalRows,
} as const;
