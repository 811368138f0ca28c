import type { VirtualAddress } from '@holdfast/config';
import { type IpAddress, type Micros, toSeconds, unreachable } from '@holdfast/kit';
import type { FaultCause, VrrpLogRecord } from './types.ts';

type Level = VrrpLogRecord['level'];
type Fields = NonNullable<VrrpLogRecord['fields']>;

const record = (id: string, level: Level, text: string, fields?: Fields): VrrpLogRecord =>
  fields === undefined ? { id, level, text } : { id, level, text, fields };
const detail = (id: string, text: string, fields?: Fields): VrrpLogRecord => ({
  ...record(id, 'info', text, fields),
  detail: true,
});
const inSeconds = (t: Micros): string => `${toSeconds(t).toFixed(3)} s`;

/**
 * Every sentence that the VRRP worker logs. Where operators search logs for words of keepalived's, these are the
 * words (`Entering MASTER STATE`); the rest is ours. An instance's sentences begin with its name in parentheses.
 */
export const messages = {
  entering: (name: string, state: 'MASTER' | 'BACKUP' | 'FAULT', init: boolean): VrrpLogRecord =>
    record('entering-state', 'info', `(${name}) Entering ${state} STATE${init ? ' (init)' : ''}`, {
      instance: name,
      state,
    }),
  masterTimeout: (name: string): VrrpLogRecord =>
    detail('master-timeout', `(${name}) Receive advertisement timeout`, { instance: name }),
  faultCause: (name: string, cause: FaultCause): VrrpLogRecord =>
    record('fault-cause', 'warning', `(${name}) entering FAULT state: ${faultText(cause)}`, {
      instance: name,
      cause: cause.kind,
    }),
  faultGone: (name: string, cause: FaultCause): VrrpLogRecord =>
    record('fault-gone', 'info', `(${name}) no longer in the way: ${faultText(cause)}`, {
      instance: name,
      cause: cause.kind,
    }),
  priorityChanged: (name: string, from: number, to: number): VrrpLogRecord =>
    record('priority-changed', 'info', `(${name}) Changing effective priority from ${from} to ${to}`, {
      instance: name,
      from,
      to,
    }),
  lowerPriorityHeard: (
    name: string,
    heard: { readonly source: IpAddress; readonly priority: number },
    ours: number,
    election: boolean,
  ): VrrpLogRecord =>
    record(
      'lower-priority-advert',
      'info',
      `(${name}) Received advert from ${heard.source} with lower priority ${heard.priority}, ours ${ours}` +
        (election ? ', forcing new election' : ''),
      { instance: name, sender: heard.source, priority: heard.priority, ours },
    ),
  samePriorityLowerAddress: (name: string, source: IpAddress, priority: number): VrrpLogRecord =>
    record(
      'same-priority-advert',
      'info',
      `(${name}) Received advert from ${source} with our priority ${priority} and a lower address than ours, forcing new election`,
      { instance: name, sender: source, priority },
    ),
  higherPriorityHeard: (
    name: string,
    heard: { readonly source: IpAddress; readonly priority: number },
    ours: number,
  ): VrrpLogRecord =>
    record(
      'higher-priority-advert',
      'info',
      heard.priority === ours
        ? `(${name}) Master received advert from ${heard.source} with same priority ${ours} but higher IP address than ours`
        : `(${name}) Master received advert from ${heard.source} with higher priority ${heard.priority}, ours ${ours}`,
      { instance: name, sender: heard.source, priority: heard.priority, ours },
    ),
  lowerPriorityDiscarded: (name: string, source: IpAddress, priority: number): VrrpLogRecord =>
    detail(
      'advert-discarded',
      `(${name}) received lower priority (${priority}) advert from ${source} - discarding`,
      {
        instance: name,
        sender: source,
        priority,
      },
    ),
  masterChanged: (name: string, from: IpAddress | undefined, to: IpAddress): VrrpLogRecord =>
    detail(
      'master-changed',
      from === undefined
        ? `(${name}) the master is ${to}`
        : `(${name}) the master is now ${to}, it was ${from}`,
      { instance: name, master: to },
    ),
  priorityZeroReceived: (name: string, source: IpAddress): VrrpLogRecord =>
    detail('priority-zero-received', `(${name}) the master ${source} says goodbye (priority 0)`, {
      instance: name,
      sender: source,
    }),
  priorityZeroSent: (name: string): VrrpLogRecord =>
    detail('priority-zero-sent', `(${name}) sent 0 priority`, { instance: name }),
  preemptDelayStarted: (name: string, delay: Micros): VrrpLogRecord =>
    detail('preempt-delay-started', `(${name}) start preempt delay (${inSeconds(delay)})`, {
      instance: name,
    }),
  preemptDelayStopped: (name: string): VrrpLogRecord =>
    detail('preempt-delay-stopped', `(${name}) stop preempt delay`, { instance: name }),
  intervalChanged: (name: string, from: Micros, to: Micros, owner: 'master' | 'own'): VrrpLogRecord =>
    record(
      'advert-interval-changed',
      'info',
      `(${name}) advert interval is now ${owner === 'master' ? "the master's" : 'our own'} ${to / 1e3} ms, it was ${from / 1e3} ms`,
      { instance: name, from, to },
    ),
  ownerContested: (name: string, other: IpAddress): VrrpLogRecord =>
    record(
      'duplicate-owner',
      'error',
      `(${name}) CONFIGURATION ERROR: ${other} also claims priority 255; give it to one router only`,
      { instance: name, sender: other },
    ),
  ownerYields: (name: string, other: IpAddress): VrrpLogRecord =>
    record(
      'owner-yields',
      'error',
      `(${name}) yields to the other address owner ${other}: priority 254 for now`,
      {
        instance: name,
        sender: other,
      },
    ),
  addressesSet: (name: string): VrrpLogRecord =>
    detail('addresses-set', `(${name}) setting VIPs.`, { instance: name }),
  addressesRemoved: (name: string): VrrpLogRecord =>
    detail('addresses-removed', `(${name}) removing VIPs.`, { instance: name }),
  addressRestored: (name: string, lost: VirtualAddress): VrrpLogRecord =>
    record(
      'address-restored',
      'warning',
      `(${name}) somebody deleted ${addressText(lost)}: it is put back; write no_track on it if that is intended`,
      { instance: name, address: lost.address },
    ),
  addressKeepsVanishing: (name: string, lost: VirtualAddress, times: number): VrrpLogRecord =>
    record(
      'address-keeps-vanishing',
      'error',
      `(${name}) ${addressText(lost)} was deleted ${times} times in a short while: giving up being master; find out who deletes it`,
      { instance: name, address: lost.address },
    ),
  addressFailed: (name: string, address: VirtualAddress, error: string): VrrpLogRecord =>
    record('address-failed', 'error', `(${name}) the kernel did not take ${addressText(address)}: ${error}`, {
      instance: name,
      address: address.address,
    }),
  addressNotRemoved: (name: string, address: VirtualAddress, error: string): VrrpLogRecord =>
    record(
      'address-not-removed',
      'error',
      `(${name}) the kernel did not remove ${addressText(address)}: ${error}; remove it by hand while another router is master`,
      { instance: name, address: address.address },
    ),
  handedOver: (name: string): VrrpLogRecord =>
    record(
      'handed-over',
      'notice',
      `(${name}) handed over by the operator: its priority is 1 until it is taken back`,
      {
        instance: name,
      },
    ),
  takenBack: (name: string, waits: boolean): VrrpLogRecord =>
    record(
      'taken-back',
      'notice',
      `(${name}) taken back by the operator${waits ? '; nopreempt: it stays backup until the master leaves' : ''}`,
      { instance: name },
    ),
  handoverUnanswered: (name: string): VrrpLogRecord =>
    record(
      'handover-unanswered',
      'warning',
      `(${name}) is handed over, but no other router answers: it serves again, with priority 1, until one does`,
      { instance: name },
    ),
  resumed: (name: string, ago: Micros): VrrpLogRecord =>
    record('resumed', 'notice', `(${name}) goes on as master, its last advert is ${inSeconds(ago)} old`, {
      instance: name,
    }),
  notResumed: (name: string): VrrpLogRecord =>
    record(
      'not-resumed',
      'warning',
      `(${name}) was master, but its last advert is too old to go on: another router may have taken over`,
      { instance: name },
    ),
  reloadedAddresses: (name: string, added: number, gone: number): VrrpLogRecord =>
    record('addresses-reloaded', 'info', `(${name}) reload: ${added} addresses added, ${gone} removed`, {
      instance: name,
      added,
      gone,
    }),
  scriptReturns: (name: string, status: number): VrrpLogRecord =>
    record('script-returns', 'info', `Script \`${name}\` now returning ${status}`, { script: name, status }),
  scriptVerdict: (name: string, good: boolean, result: string): VrrpLogRecord =>
    record(
      'script-verdict',
      good ? 'info' : 'warning',
      `VRRP_Script(${name}) ${good ? 'succeeded' : `failed (${result})`}`,
      { script: name },
    ),
  scriptCarriedOver: (name: string, good: boolean): VrrpLogRecord =>
    record(
      'script-carried-over',
      'info',
      `VRRP_Script(${name}) considered ${good ? 'successful' : 'unsuccessful'} on reload`,
      { script: name },
    ),
  scriptStillRunning: (name: string): VrrpLogRecord =>
    record('script-still-running', 'warning', `Script \`${name}\` is still running: this run is skipped`, {
      script: name,
    }),
} as const;

/** `10.0.0.9/24 on eth0` */
export const addressText = (a: VirtualAddress): string => `${a.address}/${a.prefixLength} on ${a.interface}`;

/** A cause in words; it completes "FAULT because ...". */
export function faultText(cause: FaultCause): string {
  switch (cause.kind) {
    case 'interface-down':
      return `interface ${cause.interface} is down`;
    case 'interface-missing':
      return `interface ${cause.interface} does not exist`;
    case 'no-source-address':
      return `interface ${cause.interface} has no address to send adverts from`;
    case 'script-failed':
      return `script ${cause.script} failed`;
    default:
      return unreachable(cause);
  }
}
