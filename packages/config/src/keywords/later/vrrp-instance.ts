import { sharedKey } from '../../arguments/checker-options.ts';
import { trackedEntry } from '../../arguments/list-entries.ts';
import { onlyNumber, secondsBetween, wholeNumber } from '../../arguments/number.ts';
import { extraInterfaceGarp } from '../../arguments/process-options.ts';
import { routeEntry } from '../../arguments/route-entry.ts';
import { ruleEntry } from '../../arguments/rule-entry.ts';
import { choice, nothing, optionalBoolean, word } from '../../arguments/simple.ts';
import { ipvlan, vmac } from '../../arguments/vmac.ts';
import { entries, keywords, later } from '../row.ts';
import { ipvlanWords, vmacWords } from '../words/option-words.ts';
import { routeWords } from '../words/route-words.ts';
import { ruleWords } from '../words/rule-words.ts';
import { trackingWords } from '../words/tracking-words.ts';

const tracking = trackingWords({ most: 254, fallback: 'object', inEffect: false });
const trackingBfd = trackingWords({ most: 253, fallback: 'object', inEffect: false });

const hmacRows = {
  key: later(sharedKey, 'One shared key.', {
    repeat: 'accumulates',
  }),
  active_key: later(wholeNumber(1, 255, { strict: true, syntax: 'ID' }), 'Key used for sending.', {
    default: '0 (so one must be set)',
  }),
  time_window: later(
    secondsBetween(1, 300, { places: 0, strict: true }),
    'Accepted age/skew of a trailer in time mode.',
    { default: '3 x advert_int, limited to [5,300]' },
  ),
  anti_replay: later(choice(['time', 'monotonic']), 'How freshness is judged.', { default: 'time' }),
  mode: later(
    choice(['enforce', 'permissive', 'receive-only']),
    'Whether a trailer is sent, and whether one is required: both (enforce), only sent (permissive), neither (receive-only).',
    { default: 'enforce' },
  ),
} as const;

/** Keywords of `vrrp_instance` that are accepted and do nothing yet. */
export const laterVrrpInstanceRows = {
  use_vmac: later(vmac, 'Send adverts and hold VIPs on a macvlan interface with the virtual router MAC.', {
    default: 'off; name vrrp.VRID, MAC 00:00:5e:00:01:VRID (IPv6 ...:02:VRID)',
    words: vmacWords,
  }),
  use_vmac_addr: later(nothing, 'Create a VMAC for every VIP interface other than the instance interface.'),
  vmac_xmit_base: later(nothing, 'Send and receive adverts on the parent interface instead of the VMAC.', {
    default: 'off; forced on for unicast with use_vmac',
  }),
  use_ipvlan: later(ipvlan, 'Use an ipvlan interface (L2 mode) for the instance.', {
    repeat: 'first-wins',
    default: 'off; name vrrp.VRID; mode bridge',
    words: ipvlanWords,
  }),
  unicast_fault_no_peer: later(
    nothing,
    'Go to FAULT rather than fall back to multicast when no unicast peer is configured.',
    { default: 'false' },
  ),
  old_unicast_checksum: later(
    choice(['never'], { bare: '' }),
    'Use (or with never: do not auto-select) the VRRPv3 unicast checksum of versions up to 1.3.6.',
    { default: 'automatic detection' },
  ),
  native_ipv6: later(nothing, 'Force the instance to be IPv6/VRRPv3.'),
  vrf: later(word({ syntax: 'IFNAME' }), 'VRF device for a unicast instance.', { repeat: 'first-wins' }),
  track_file: later(nothing, 'Files whose value counts for the instance.', {
    repeat: 'accumulates',
    block: entries(trackedEntry, tracking, '<entry>'),
  }),
  track_process: later(nothing, 'Processes whose number counts for the instance.', {
    repeat: 'accumulates',
    block: entries(trackedEntry, tracking, '<entry>'),
  }),
  track_bfd: later(nothing, 'BFD instances whose state is watched by the instance.', {
    repeat: 'accumulates',
    block: entries(trackedEntry, trackingBfd, '<entry>'),
  }),
  track_src_ip: later(nothing, 'Go to FAULT while the configured source address is missing.', {
    default: 'false',
  }),
  linkbeat_use_polling: later(nothing, 'Poll the link state of the instance interface.', {
    default: 'false',
    deprecated: 'use linkbeat_interfaces; only in builds with linkbeat',
  }),
  virtual_routes: later(nothing, 'Routes present while master.', {
    repeat: 'accumulates',
    block: entries(routeEntry(routeWords), routeWords, '<route>'),
  }),
  virtual_rules: later(nothing, 'Policy rules present while master.', {
    repeat: 'accumulates',
    block: entries(ruleEntry(ruleWords), ruleWords, '<rule>'),
  }),
  no_accept: later(nothing, 'Drop packets addressed to the VIPs.'),
  debug: later(wholeNumber(0, 4), 'Debug level of the instance.', { default: '0' }),
  smtp_alert: later(optionalBoolean, 'Mail on state changes.', {
    default: 'global smtp_alert_vrrp, else smtp_alert, else false',
  }),
  lvs_sync_daemon_interface: later(
    word({ syntax: 'IFNAME' }),
    'Interface of the IPVS sync daemon following this instance.',
    { repeat: 'first-wins', deprecated: 'use global lvs_sync_daemon' },
  ),
  timer_expired_backup: later(
    wholeNumber(1, 254, { strict: true, bare: 254, syntax: 'PRIORITY' }),
    'After the process was not scheduled long enough for another router of that priority to have taken over, fall back to BACKUP.',
    { default: 'off; 254 when bare' },
  ),
  thread_timer_expired: later(
    wholeNumber(1, 254, { strict: true, bare: 254, syntax: 'PRIORITY' }),
    'Spelling used by the release notes.',
    {
      aliasOf: 'timer_expired_backup',
      deprecated: 'write timer_expired_backup',
    },
  ),
  garp_extra_if: later(extraInterfaceGarp(0), 'Period of gratuitous ARP on additional VIP interfaces.', {
    default: 'global vrrp_garp_extra_if',
  }),
  vmac_garp_intvl: later(extraInterfaceGarp(0), 'Old spelling (sets a DEPRECATED config status).', {
    aliasOf: 'garp_extra_if',
    deprecated: 'write garp_extra_if',
  }),
  kernel_rx_buf_size: later(onlyNumber(0, 4294967295), 'Receive buffer contribution of this instance.', {
    default: 'global vrrp_rx_bufs settings',
  }),
  auth_hmac: later(nothing, 'HMAC-SHA256 trailer on adverts.', {
    repeat: 'first-wins',
    block: keywords(hmacRows),
  }),
} as const;
