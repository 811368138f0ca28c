import { forwarding } from '../arguments/forwarding.ts';
import { granularity } from '../arguments/granularity.ts';
import { longestInterval, secondsBetween, wholeNumber } from '../arguments/number.ts';
import { script } from '../arguments/script.ts';
import { realServerHeader, sorryServerAddress } from '../arguments/server-header.ts';
import { choice, nothing, optionalBoolean, word } from '../arguments/simple.ts';
import { realServerRows } from './real-server.ts';
import { keyword, keywords, later } from './row.ts';
import { tunnelWords } from './words/option-words.ts';

/** What stands in `virtual_server { }`. */
export const virtualServerRows = {
  ip_family: keyword(
    choice(['inet', 'inet6']),
    'Address family (needed for fwmark with tunnelled servers).',
    {
      owner: 'checker',
      property: 'services',
      default: 'from addresses',
    },
  ),
  retry: keyword(wholeNumber(1, 4294967295, { strict: true }), 'Default number of retries of the checkers.', {
    owner: 'checker',
    property: 'realServers',
    default: 'per checker type',
  }),
  delay_before_retry: keyword(secondsBetween(0, longestInterval), 'Default delay between retries.', {
    owner: 'checker',
    property: 'realServers',
    default: 'per checker type',
  }),
  warmup: keyword(secondsBetween(0, longestInterval), 'Upper bound of the random start delay of checkers.', {
    owner: 'checker',
    property: 'realServers',
    default: 'delay_loop of the checker',
  }),
  connect_timeout: keyword(secondsBetween(0.000001, 4294.967295), 'Default connection timeout of checkers.', {
    owner: 'checker',
    property: 'realServers',
    default: '5',
  }),
  delay_loop: keyword(secondsBetween(0.000001, longestInterval), 'Default interval between checks.', {
    owner: 'checker',
    property: 'delayLoop',
    default: '60',
  }),
  inhibit_on_failure: keyword(nothing, 'Default of inhibit_on_failure.', {
    owner: 'checker',
    property: 'realServers',
    default: 'false',
  }),
  lb_algo: keyword(
    choice(['rr', 'wrr', 'lc', 'wlc', 'lblc', 'sh', 'mh', 'dh', 'fo', 'ovf', 'lblcr', 'sed', 'nq', 'twos']),
    'IPVS scheduler.',
    { owner: 'checker', property: 'scheduler', default: 'wlc (with an error message)', aliasOf: 'lvs_sched' },
  ),
  lvs_sched: keyword(
    choice(['rr', 'wrr', 'lc', 'wlc', 'lblc', 'sh', 'mh', 'dh', 'fo', 'ovf', 'lblcr', 'sed', 'nq', 'twos']),
    'IPVS scheduler.',
    { owner: 'checker', property: 'scheduler', default: 'wlc (with an error message)' },
  ),
  hashed: later(nothing, 'Historic flag of the schedulers sh and mh.', { owner: 'checker' }),
  ops: keyword(nothing, 'One packet scheduling.', { owner: 'checker', property: 'onePacket' }),
  'flag-1': keyword(nothing, 'Generic scheduler flag 1.', { owner: 'checker', property: 'schedulerFlags' }),
  'flag-2': keyword(nothing, 'Generic scheduler flag 2.', { owner: 'checker', property: 'schedulerFlags' }),
  'flag-3': keyword(nothing, 'Generic scheduler flag 3.', { owner: 'checker', property: 'schedulerFlags' }),
  'sh-port': keyword(nothing, 'Option of the sh scheduler.', {
    owner: 'checker',
    property: 'schedulerFlags',
  }),
  'sh-fallback': keyword(nothing, 'Option of the sh scheduler.', {
    owner: 'checker',
    property: 'schedulerFlags',
  }),
  'mh-port': keyword(nothing, 'Option of the mh scheduler.', {
    owner: 'checker',
    property: 'schedulerFlags',
  }),
  'mh-fallback': keyword(nothing, 'Option of the mh scheduler.', {
    owner: 'checker',
    property: 'schedulerFlags',
  }),
  lb_kind: keyword(forwarding, 'Default forwarding method.', {
    owner: 'checker',
    property: 'realServers',
    default: 'NAT (with an error message)',
    aliasOf: 'lvs_method',
  }),
  lvs_method: keyword(forwarding, 'Default forwarding method.', {
    words: tunnelWords,
    owner: 'checker',
    property: 'forwarding',
    default: 'NAT (with an error message)',
  }),
  persistence_engine: keyword(
    word({ syntax: 'NAME', longest: 16, tooLong: 'cut' }),
    'Persistence engine (for example sip).',
    { owner: 'checker', property: 'persistenceEngine' },
  ),
  persistence_timeout: keyword(wholeNumber(1, 2678400, { strict: true, bare: 360 }), 'Client persistence.', {
    owner: 'checker',
    property: 'persistence',
    default: 'off; 360 when bare',
  }),
  persistence_granularity: keyword(granularity, 'Mask applied to clients.', {
    owner: 'checker',
    property: 'persistence',
    default: '/32 or /128',
  }),
  protocol: keyword(choice(['TCP', 'UDP', 'SCTP'], { ignoreCase: true }), 'Layer 4 protocol.', {
    owner: 'checker',
    property: 'protocol',
    default: 'UDP for addresses (with an error message)',
  }),
  ha_suspend: keyword(
    nothing,
    'Run the checkers only while the service address is configured on this machine.',
    { owner: 'checker', property: 'haSuspend' },
  ),
  smtp_alert: later(optionalBoolean, 'Mail on quorum changes.', {
    owner: 'checker',
    default: 'global smtp_alert_checker, else smtp_alert, else false',
  }),
  virtualhost: keyword(
    word({ syntax: 'STRING', missing: 'ignored' }),
    'Default Host header for HTTP checkers.',
    { owner: 'checker', property: 'virtualhost' },
  ),
  snmp_name: later(word({ missing: 'ignored', alone: true, syntax: 'STRING' }), 'Name shown by SNMP.', {
    owner: 'checker',
  }),
  alpha: keyword(nothing, 'Checkers start in failed state.', { owner: 'checker', property: 'alpha' }),
  omega: keyword(nothing, 'Run notifications when stopping or removing.', {
    owner: 'checker',
    property: 'omega',
  }),
  quorum_up: keyword(script({ user: 'allowed' }), 'Script run when quorum is gained.', {
    owner: 'checker',
    property: 'quorumUp',
    repeat: 'first-wins',
  }),
  quorum_down: keyword(script({ user: 'allowed' }), 'Script run when quorum is lost.', {
    owner: 'checker',
    property: 'quorumDown',
    repeat: 'first-wins',
  }),
  quorum: keyword(
    wholeNumber(1, 4294967295, { outside: 1, syntax: 'WEIGHT' }),
    'Minimum total weight of live servers.',
    { owner: 'checker', property: 'quorum', default: '1' },
  ),
  hysteresis: keyword(
    wholeNumber(0, 4294967295, { syntax: 'WEIGHT' }),
    'Distance between the lose and gain thresholds.',
    { owner: 'checker', property: 'hysteresis', default: '0' },
  ),
  weight: keyword(wholeNumber(1, 2147483647), 'Default weight of real servers.', {
    owner: 'checker',
    property: 'realServers',
    default: '1',
  }),
  sorry_server: keyword(sorryServerAddress, 'Server used while quorum is lost.', {
    owner: 'checker',
    property: 'sorryServer',
    default: 'none; port of the service',
  }),
  sorry_server_inhibit: keyword(nothing, 'Keep the sorry server in the pool with weight 0.', {
    owner: 'checker',
    property: 'sorryServerInhibit',
  }),
  sorry_server_lvs_method: keyword(forwarding, 'Forwarding method of the sorry server.', {
    owner: 'checker',
    property: 'sorryServer',
    default: 'lvs_method of the service',
  }),
  real_server: keyword(realServerHeader, 'One server of the pool.', {
    default: 'port of the service',
    owner: 'checker',
    property: 'realServers',
    repeat: 'accumulates',
    block: keywords(realServerRows),
  }),
} as const;
