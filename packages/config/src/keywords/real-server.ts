import { forwarding } from '../arguments/forwarding.ts';
import { longestInterval, secondsBetween, wholeNumber } from '../arguments/number.ts';
import { script } from '../arguments/script.ts';
import { optionalBoolean, word } from '../arguments/simple.ts';
import { checkerRows } from './checkers.ts';
import { keyword, later } from './row.ts';

const server = { owner: 'checker', property: 'realServers' } as const;

/** What stands in `real_server ADDRESS PORT { }` besides checkers. */
export const realServerRows = {
  weight: keyword(wholeNumber(0, 2147483647), 'Weight.', {
    ...server,
    default: 'weight of the service',
  }),
  lvs_method: keyword(forwarding, 'Forwarding method.', {
    ...server,
    default: 'lvs_method of the service',
  }),
  uthreshold: keyword(wholeNumber(0, 4294967295), 'Upper connection limit.', {
    ...server,
    default: '0 (none)',
  }),
  lthreshold: keyword(wholeNumber(0, 4294967295), 'Lower connection limit.', {
    ...server,
    default: '0 (none)',
  }),
  inhibit_on_failure: keyword(optionalBoolean, 'Set weight 0 instead of removing the server on failure.', {
    ...server,
    default: 'setting of the service',
  }),
  notify_up: keyword(script({ user: 'allowed' }), 'Script run when the server comes up.', {
    ...server,
    repeat: 'first-wins',
  }),
  notify_down: keyword(script({ user: 'allowed' }), 'Script run when the server goes down.', {
    ...server,
    repeat: 'first-wins',
  }),
  alpha: keyword(optionalBoolean, 'Default of alpha for the checkers.', {
    ...server,
    default: 'setting of the service',
  }),
  retry: keyword(wholeNumber(1, 4294967295, { strict: true }), 'Default retries.', {
    ...server,
    default: 'setting of the service',
  }),
  delay_before_retry: keyword(secondsBetween(0, longestInterval), 'Default retry delay.', {
    ...server,
    default: 'setting of the service',
  }),
  warmup: keyword(secondsBetween(0, longestInterval), 'Default warm-up.', {
    ...server,
    default: 'setting of the service',
  }),
  connect_timeout: keyword(secondsBetween(0.000001, 4294.967295), 'Default connection timeout.', {
    ...server,
    default: 'setting of the service',
  }),
  delay_loop: keyword(secondsBetween(0.000001, longestInterval), 'Default check interval.', {
    ...server,
    default: 'setting of the service',
  }),
  smtp_alert: later(optionalBoolean, 'Mail on server changes (the only alert that defaults to on).', {
    owner: 'checker',
    default: 'global smtp_alert_checker, else smtp_alert, else true',
  }),
  virtualhost: keyword(word({ syntax: 'STRING', missing: 'ignored' }), 'Default Host header.', {
    ...server,
    default: 'virtualhost of the service',
  }),
  snmp_name: later(word({ missing: 'ignored', alone: true, syntax: 'STRING' }), 'Name shown by SNMP.', {
    owner: 'checker',
  }),
  ...checkerRows,
} as const;
