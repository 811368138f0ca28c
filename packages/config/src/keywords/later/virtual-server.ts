import { secondsBetween, wholeNumber } from '../../arguments/number.ts';
import { script } from '../../arguments/script.ts';
import { realServerHeader } from '../../arguments/server-header.ts';
import { anyWords, choice, nothing, optionalBoolean, word } from '../../arguments/simple.ts';
import { keyword, keywords, later } from '../row.ts';
import { checkerRows } from './checkers.ts';

/** What stands in `real_server ADDRESS PORT { }` besides checkers. */
export const realServerRows = {
  weight: later(wholeNumber(0, 2147483647), 'Weight.', {
    owner: 'checker',
    default: 'weight of the service',
  }),
  lvs_method: later(choice(['NAT', 'DR', 'TUN']), 'Forwarding method.', {
    owner: 'checker',
    default: 'lvs_method of the service',
  }),
  uthreshold: later(wholeNumber(0, 4294967295), 'Upper connection limit.', {
    owner: 'checker',
    default: '0 (none)',
  }),
  lthreshold: later(wholeNumber(0, 4294967295), 'Lower connection limit.', {
    owner: 'checker',
    default: '0 (none)',
  }),
  inhibit_on_failure: later(optionalBoolean, 'Set weight 0 instead of removing the server on failure.', {
    owner: 'checker',
    default: 'setting of the service',
  }),
  notify_up: later(script({ user: 'allowed' }), 'Script run when the server comes up.', {
    owner: 'checker',
    repeat: 'first-wins',
  }),
  notify_down: later(script({ user: 'allowed' }), 'Script run when the server goes down.', {
    owner: 'checker',
    repeat: 'first-wins',
  }),
  alpha: later(optionalBoolean, 'Default of alpha for the checkers.', {
    owner: 'checker',
    default: 'setting of the service',
  }),
  retry: later(wholeNumber(1, 4294967295, { strict: true }), 'Default retries.', {
    owner: 'checker',
    default: 'setting of the service',
  }),
  delay_before_retry: later(secondsBetween(0, 4294967.295), 'Default retry delay.', {
    owner: 'checker',
    default: 'setting of the service',
  }),
  warmup: later(secondsBetween(0, 4294967.295), 'Default warm-up.', {
    owner: 'checker',
    default: 'setting of the service',
  }),
  connect_timeout: later(secondsBetween(0.000001, 4294.967295), 'Default connection timeout.', {
    owner: 'checker',
    default: 'setting of the service',
  }),
  delay_loop: later(secondsBetween(0.000001, 4294967.295), 'Default check interval.', {
    owner: 'checker',
    default: 'setting of the service',
  }),
  smtp_alert: later(optionalBoolean, 'Mail on server changes (the only alert that defaults to on).', {
    owner: 'checker',
    default: 'global smtp_alert_checker, else smtp_alert, else true',
  }),
  virtualhost: later(word({ syntax: 'STRING', missing: 'ignored' }), 'Default Host header.', {
    owner: 'checker',
    default: 'virtualhost of the service',
  }),
  snmp_name: later(word({ syntax: 'STRING' }), 'Name shown by SNMP.', { owner: 'checker' }),
  ...checkerRows,
} as const;

/** What stands in `virtual_server { }`. */
export const virtualServerRows = {
  ip_family: later(choice(['inet', 'inet6']), 'Address family (needed for fwmark with tunnelled servers).', {
    owner: 'checker',
    default: 'from addresses',
  }),
  retry: later(wholeNumber(1, 4294967295, { strict: true }), 'Default number of retries of the checkers.', {
    owner: 'checker',
    default: 'per checker type',
  }),
  delay_before_retry: later(secondsBetween(0, 4294967.295), 'Default delay between retries.', {
    owner: 'checker',
    default: 'per checker type',
  }),
  warmup: later(secondsBetween(0, 4294967.295), 'Upper bound of the random start delay of checkers.', {
    owner: 'checker',
    default: 'delay_loop of the checker',
  }),
  connect_timeout: later(secondsBetween(0.000001, 4294.967295), 'Default connection timeout of checkers.', {
    owner: 'checker',
    default: '5',
  }),
  delay_loop: later(secondsBetween(0.000001, 4294967.295), 'Default interval between checks.', {
    owner: 'checker',
    default: '60',
  }),
  inhibit_on_failure: later(nothing, 'Default of inhibit_on_failure.', {
    owner: 'checker',
    default: 'false',
  }),
  lb_algo: later(
    choice(['rr', 'wrr', 'lc', 'wlc', 'lblc', 'sh', 'mh', 'dh', 'fo', 'ovf', 'lblcr', 'sed', 'nq', 'twos']),
    'IPVS scheduler.',
    { owner: 'checker', default: 'wlc (with an error message)', aliasOf: 'lvs_sched' },
  ),
  lvs_sched: later(
    choice(['rr', 'wrr', 'lc', 'wlc', 'lblc', 'sh', 'mh', 'dh', 'fo', 'ovf', 'lblcr', 'sed', 'nq', 'twos']),
    'IPVS scheduler.',
    { owner: 'checker', default: 'wlc (with an error message)' },
  ),
  hashed: later(nothing, 'Historic flag.', { owner: 'checker', deprecated: 'obsolete' }),
  ops: later(nothing, 'One packet scheduling.', { owner: 'checker' }),
  'flag-1': later(nothing, 'Generic scheduler flag 1.', { owner: 'checker' }),
  'flag-2': later(nothing, 'Generic scheduler flag 2.', { owner: 'checker' }),
  'flag-3': later(nothing, 'Generic scheduler flag 3.', { owner: 'checker' }),
  'sh-port': later(nothing, 'Option of the sh scheduler.', { owner: 'checker' }),
  'sh-fallback': later(nothing, 'Option of the sh scheduler.', { owner: 'checker' }),
  'mh-port': later(nothing, 'Option of the mh scheduler.', { owner: 'checker' }),
  'mh-fallback': later(nothing, 'Option of the mh scheduler.', { owner: 'checker' }),
  lb_kind: later(choice(['NAT', 'DR', 'TUN']), 'Default forwarding method.', {
    owner: 'checker',
    default: 'NAT (with an error message)',
    aliasOf: 'lvs_method',
  }),
  lvs_method: later(choice(['NAT', 'DR', 'TUN']), 'Default forwarding method.', {
    owner: 'checker',
    default: 'NAT (with an error message)',
  }),
  persistence_engine: later(
    word({ syntax: 'NAME', longest: 16, tooLong: 'cut' }),
    'Persistence engine (for example sip).',
    { owner: 'checker' },
  ),
  persistence_timeout: later(wholeNumber(1, 2678400, { strict: true, bare: 360 }), 'Client persistence.', {
    owner: 'checker',
    default: 'off; 360 when bare',
  }),
  persistence_granularity: later(anyWords('NETMASK | PREFIXLEN'), 'Mask applied to clients.', {
    owner: 'checker',
    default: '/32 or /128',
  }),
  protocol: later(choice(['TCP', 'UDP', 'SCTP'], { ignoreCase: true }), 'Layer 4 protocol.', {
    owner: 'checker',
    default: 'UDP for addresses (with an error message)',
  }),
  ha_suspend: later(
    nothing,
    'Run the checkers only while the service address is configured on this machine.',
    { owner: 'checker' },
  ),
  smtp_alert: later(optionalBoolean, 'Mail on quorum changes.', {
    owner: 'checker',
    default: 'global smtp_alert_checker, else smtp_alert, else false',
  }),
  virtualhost: later(
    word({ syntax: 'STRING', missing: 'ignored' }),
    'Default Host header for HTTP checkers.',
    { owner: 'checker' },
  ),
  snmp_name: later(word({ syntax: 'STRING' }), 'Name shown by SNMP.', { owner: 'checker' }),
  alpha: later(nothing, 'Checkers start in failed state.', { owner: 'checker' }),
  omega: later(nothing, 'Run notifications when stopping or removing.', { owner: 'checker' }),
  quorum_up: later(script({ user: 'allowed' }), 'Script run when quorum is gained.', {
    owner: 'checker',
    repeat: 'first-wins',
  }),
  quorum_down: later(script({ user: 'allowed' }), 'Script run when quorum is lost.', {
    owner: 'checker',
    repeat: 'first-wins',
  }),
  quorum: later(
    wholeNumber(1, 4294967295, { outside: 1, syntax: 'WEIGHT' }),
    'Minimum total weight of live servers.',
    { owner: 'checker', default: '1' },
  ),
  hysteresis: later(
    wholeNumber(0, 4294967295, { syntax: 'WEIGHT' }),
    'Distance between the lose and gain thresholds.',
    { owner: 'checker', default: '0' },
  ),
  weight: later(wholeNumber(1, 2147483647), 'Default weight of real servers.', {
    owner: 'checker',
    default: '1',
  }),
  sorry_server: later(anyWords('IPADDR [PORT]'), 'Server used while quorum is lost.', {
    owner: 'checker',
    default: 'none; port of the service',
  }),
  sorry_server_inhibit: later(nothing, 'Keep the sorry server in the pool with weight 0.', {
    owner: 'checker',
  }),
  sorry_server_lvs_method: later(choice(['NAT', 'DR', 'TUN']), 'Forwarding method of the sorry server.', {
    owner: 'checker',
    default: 'lvs_method of the service',
  }),
  real_server: keyword(realServerHeader, 'One server of the pool.', {
    owner: 'checker',
    repeat: 'accumulates',
    block: keywords(realServerRows),
    inEffect: false,
  }),
} as const;
