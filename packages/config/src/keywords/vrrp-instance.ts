import { ipAddress } from '../arguments/address.ts';
import { peerEntry, trackedEntry, trackedInterface } from '../arguments/list-entries.ts';
import { secondsBetween, wholeNumber } from '../arguments/number.ts';
import { script } from '../arguments/script.ts';
import { choice, nothing, optionalBoolean, word } from '../arguments/simple.ts';
import { addressEntry } from '../arguments/virtual-address.ts';
import { laterVrrpInstanceRows } from './later/vrrp-instance.ts';
import { entries, keyword, keywords } from './row.ts';
import { addressWords, peerWords } from './words/address-words.ts';
import { trackingWords } from './words/tracking-words.ts';

const trackingInterface = trackingWords({ most: 254, fallback: 'none', inEffect: true });
const trackingScript = trackingWords({ most: 254, fallback: 'object', inEffect: true });

const unsigned = 2 ** 32 - 1;
const list = { repeat: 'accumulates' } as const;
const notify = { repeat: 'first-wins', property: 'notify' } as const;
const garp = { property: 'garp' } as const;

/** What stands in `authentication { }`. */
export const authenticationRows = {
  auth_type: keyword(choice(['PASS', 'AH']), 'How adverts of version 2 prove where they come from.', {
    property: 'authentication',
  }),
  auth_pass: keyword(
    word({ syntax: 'PASSWORD', longest: 8, tooLong: 'cut' }),
    'The password, at most 8 bytes.',
    {
      default: 'none (then authentication is ignored)',
      property: 'authentication',
      source: 'RFC 2338 §5.3.6.2',
    },
  ),
} as const;

const notifyRows = {
  notify_master: keyword(script({ user: 'allowed' }), 'Runs on entering MASTER.', notify),
  notify_backup: keyword(script({ user: 'allowed' }), 'Runs on entering BACKUP.', notify),
  notify_fault: keyword(script({ user: 'allowed' }), 'Runs on entering FAULT.', notify),
  notify_stop: keyword(script({ user: 'allowed' }), 'Runs when the daemon stops.', notify),
  notify_deleted: keyword(
    script({ user: 'allowed', optional: true }),
    'A reload that removes the instance reports DELETED and runs this, if a program is named; FAULT otherwise.',
    notify,
  ),
  notify: keyword(
    script({ user: 'allowed' }),
    'Runs at every change, with type, name, state and priority as further arguments.',
    notify,
  ),
  notify_master_rx_lower_pri: keyword(
    script({ user: 'allowed' }),
    'Runs when a master hears an advert of lower priority.',
    notify,
  ),
  notify_priority_changes: keyword(optionalBoolean, 'Tells about changes of the priority alone, too.', {
    default: 'sync group setting, else global vrrp_notify_priority_changes',
    property: 'notifyPriorityChanges',
  }),
} as const;

const garpRows = {
  garp_master_delay: keyword(
    secondsBetween(0, 4294, { places: 0 }),
    'When the second block of gratuitous ARPs follows after becoming master; 0 means never.',
    { ...garp, default: 'global vrrp_garp_master_delay (5)' },
  ),
  garp_master_repeat: keyword(
    wholeNumber(0, unsigned, { zeroBecomes: 1 }),
    'How many times each block of gratuitous ARPs goes through the addresses.',
    { ...garp, default: 'global vrrp_garp_master_repeat (5)' },
  ),
  garp_master_refresh: keyword(
    secondsBetween(0, unsigned, { places: 0, outside: 0 }),
    'Gratuitous ARPs again and again while master, this far apart; 0 means never.',
    { ...garp, default: 'global vrrp_garp_master_refresh (0)' },
  ),
  garp_master_refresh_repeat: keyword(
    wholeNumber(0, unsigned, { zeroBecomes: 1 }),
    'How many times each refresh goes through the addresses.',
    { ...garp, default: 'global vrrp_garp_master_refresh_repeat (1)' },
  ),
  garp_lower_prio_delay: keyword(
    secondsBetween(0, 4294, { places: 0 }),
    'When the second block follows after an advert of lower priority was heard.',
    { ...garp, default: 'global vrrp_garp_lower_prio_delay; 0 in strict_mode' },
  ),
  garp_lower_prio_repeat: keyword(
    wholeNumber(0, 2 ** 31 - 1),
    'Gratuitous ARPs after an advert of lower priority was heard; 0 means none.',
    { ...garp, default: 'global vrrp_garp_lower_prio_repeat; 0 in strict_mode' },
  ),
} as const;

/** Election: who is master, and how fast. */
const electionRows = {
  state: keyword(
    choice(['MASTER', 'BACKUP']),
    'The state wanted at start; only an address owner starts as master.',
    {
      default: 'MASTER if priority 255, else BACKUP',
      property: 'initialState',
    },
  ),
  interface: keyword(
    word({ syntax: 'INTERFACE', longest: 15 }),
    'The interface whose network the addresses serve.',
    { default: 'none (required unless unicast with a source address)', property: 'interface' },
  ),
  virtual_router_id: keyword(
    wholeNumber(1, 255, { strict: true }),
    'The number of the virtual router: the same on all its routers, unique in the network.',
    { default: 'none (required)', property: 'virtualRouterId', source: 'RFC 9568 §5.2.3' },
  ),
  version: keyword(wholeNumber(2, 3), 'The version of the protocol.', {
    default: 'global vrrp_version (2); 3 for IPv6',
    repeat: 'first-wins',
    mayRepeat: true,
    property: 'version',
  }),
  priority: keyword(
    wholeNumber(1, 255, { outside: 100, strict: true }),
    'Who is master: the highest priority wins; 255 is the address owner.',
    { default: '255 if state MASTER, else 100', property: 'priority', source: 'RFC 9568 §5.2.4' },
  ),
  advert_int: keyword(
    secondsBetween(0.01, 255),
    'Time between adverts: whole seconds in version 2, hundredths up to 40.95 s in version 3.',
    { default: '1', property: 'advertInterval' },
  ),
  preempt: keyword(nothing, 'A higher priority takes over from a lower one; cancels nopreempt.', {
    default: 'default',
    property: 'nopreempt',
  }),
  nopreempt: keyword(nothing, 'A higher priority does not take over from a working master.', {
    property: 'nopreempt',
  }),
  preempt_delay: keyword(
    secondsBetween(0, 1000, { outside: 0 }),
    'How long a higher priority waits before it takes over from a working master.',
    { default: '0', property: 'preemptDelay' },
  ),
  down_timer_adverts: keyword(
    wholeNumber(1, 100),
    'Intervals without an advert after which the master counts as down.',
    {
      default: 'global vrrp_down_timer_adverts (3)',
      property: 'downTimerAdverts',
    },
  ),
  strict_mode: keyword(optionalBoolean, 'Keeps to the RFC and refuses what goes beyond it.', {
    default: 'global vrrp_strict',
    property: 'strict',
  }),
  lower_prio_no_advert: keyword(optionalBoolean, 'Does not answer an advert of lower priority at once.', {
    default: 'global vrrp_lower_prio_no_advert; true in strict_mode',
    property: 'lowerPriorityNoAdvert',
  }),
  higher_prio_send_advert: keyword(
    optionalBoolean,
    'Sends one more advert before giving way to a higher priority.',
    {
      default: 'global vrrp_higher_prio_send_advert; false in strict_mode',
      property: 'higherPrioritySendAdvert',
    },
  ),
  owner_ignore_adverts: keyword(optionalBoolean, 'An address owner does not listen to adverts.', {
    default: 'global value for owners (true in strict_mode); false otherwise',
    property: 'ownerIgnoreAdverts',
  }),
} as const;

/** Whom adverts go to, from where, and what is checked on the way in. */
const transportRows = {
  unicast_peer: keyword(nothing, 'Adverts go to these routers instead of the group.', {
    default: 'none (multicast)',
    ...list,
    block: entries(peerEntry, peerWords, '<peer>'),
    property: 'unicastPeers',
  }),
  unicast_src_ip: keyword(ipAddress(), 'The source address of adverts to peers.', {
    default: 'primary address of the interface',
    property: 'sourceAddress',
  }),
  mcast_src_ip: keyword(ipAddress(), 'The source address of adverts to the group.', {
    default: 'primary address of the interface',
    property: 'sourceAddress',
  }),
  mcast_dst_ip: keyword(ipAddress({ multicast: true }), 'The group that adverts go to.', {
    default: 'global vrrp_mcast_group4/6',
    property: 'multicastDestination',
  }),
  unicast_ttl: keyword(wholeNumber(0, 255, { strict: true }), 'The time to live of adverts to peers.', {
    default: '255 for IPv4, kernel default for IPv6',
    property: 'unicastTtl',
  }),
  check_unicast_src: keyword(nothing, 'Takes adverts from the configured peers only.', {
    default: 'global vrrp_check_unicast_src',
    property: 'checkUnicastSource',
  }),
  skip_check_adv_addr: keyword(
    optionalBoolean,
    'Compares the address list only when the master is another one.',
    {
      default: 'global vrrp_skip_check_adv_addr',
      property: 'skipCheckAdvertAddresses',
    },
  ),
  v3_checksum_as_v2: keyword(
    optionalBoolean,
    'Leaves the pseudo header out of the checksum of version 3 over IPv4.',
    {
      default: 'global v3_checksum_as_v2',
      property: 'checksumWithoutPseudoHeader',
    },
  ),
  authentication: keyword(nothing, 'Authentication of version 2.', {
    block: keywords(authenticationRows),
    property: 'authentication',
  }),
} as const;

/** Addresses held by the master, and what else counts for its health. */
const addressRows = {
  virtual_ipaddress: keyword(nothing, 'The addresses that the master holds and advertises.', {
    ...list,
    block: entries(addressEntry, addressWords, '<address>'),
    property: 'virtualAddresses',
  }),
  virtual_ipaddress_excluded: keyword(nothing, 'Addresses that the master holds without advertising them.', {
    ...list,
    block: entries(addressEntry, addressWords, '<address>'),
    property: 'excludedAddresses',
  }),
  no_virtual_ipaddress: keyword(nothing, 'No address is meant to be there.'),
  promote_secondaries: keyword(nothing, 'Removing a primary address keeps the others of its network.', {
    property: 'promoteSecondaries',
  }),
  track_interface: keyword(nothing, 'Interfaces whose link counts.', {
    ...list,
    block: entries(trackedInterface, trackingInterface, '<entry>'),
    property: 'trackInterfaces',
  }),
  track_script: keyword(nothing, 'Scripts whose outcome counts.', {
    ...list,
    block: entries(trackedEntry, trackingScript, '<entry>'),
    property: 'trackScripts',
  }),
  dont_track_primary: keyword(nothing, 'The link of the own interface does not count.', {
    property: 'dontTrackPrimary',
  }),
  accept: keyword(
    nothing,
    'A master that is not the owner answers on the addresses; the default without strict mode.',
    { default: 'true unless strict_mode (owner: always true)' },
  ),
} as const;

/** What stands in `vrrp_instance NAME { }`. */
export const vrrpInstanceRows = {
  ...electionRows,
  ...transportRows,
  ...addressRows,
  ...garpRows,
  ...notifyRows,
  ...laterVrrpInstanceRows,
} as const;
