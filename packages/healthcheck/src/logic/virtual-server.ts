import type { VirtualServer } from '@holdfast/config';
import { earlier, type Micros, unreachable } from '@holdfast/kit';
import { addressPresent } from './address-present.ts';
import { beginChecks } from './begin-checks.ts';
import { finished } from './finished.ts';
import type { Outcome } from './outcome.ts';
import { reload } from './reload.ts';
import { start } from './start.ts';
import { stop } from './stop.ts';
import type { HealthEvent, VirtualServerState } from './types.ts';
import { wishesChange } from './wishes.ts';

/**
 * One virtual server's health, decided. A pure function of its arguments; an event without a meaning in the present
 * state returns the very same state.
 * @param config the configuration in force; for `reload` already the new one
 * @param now microseconds of the monotonic clock
 */
export function step(
  config: VirtualServer,
  state: VirtualServerState,
  event: HealthEvent,
  now: Micros,
): Outcome {
  const context = { config, now };
  switch (event.kind) {
    case 'start':
      return start(context, state, event.saved, event.chance, event.wishes ?? []);
    case 'deadline':
      return beginChecks(context, state);
    case 'finished':
      return finished(context, state, event.run, event.result, event.server);
    case 'address-present':
      return addressPresent(context, state, event.present);
    case 'reload':
      return reload(context, state, event.previous, event.chance);
    case 'wishes':
      return wishesChange(context, state, event.wishes);
    case 'stop':
      return stop(context, state, event.deleted);
    default:
      return unreachable(event);
  }
}

/** When `deadline` is due next; `undefined` while nothing but an event can move the virtual server. */
export function nextDeadline(state: VirtualServerState): Micros | undefined {
  if (state.suspended) return undefined;
  let next: Micros | undefined;
  for (const { checkers } of state.servers)
    for (const { running, nextAt } of checkers)
      if (running === undefined && nextAt !== undefined)
        next = next === undefined ? nextAt : earlier(next, nextAt);
  return next;
}

/** Before `start`: no server is known, nothing has been checked. */
export const initialState: VirtualServerState = { quorum: 'down', servers: [], suspended: false, runs: 0 };
