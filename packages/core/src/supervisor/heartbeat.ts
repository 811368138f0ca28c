import { type Micros, micros, minus, plus, seconds, times } from '@holdfast/kit';

/** How a worker is listened to. */
export interface HeartbeatPace {
  readonly pingEvery: Micros;
  /** Silence after which the worker counts as stuck. */
  readonly stuckAfter: Micros;
}

export interface Heartbeat {
  readonly lastHeardAt: Micros;
  readonly lastLookAt: Micros;
}

const quickest = seconds(0.5);
const slowest = seconds(1.5);

/**
 * A stuck master's addresses must go before a backup has taken over, but half a second of silence is nothing yet on a
 * busy machine. @param smallestMasterDown the smallest of all instances; undefined: there is none
 */
export function heartbeatPace(smallestMasterDown: Micros | undefined): HeartbeatPace {
  const half = smallestMasterDown === undefined ? slowest : times(smallestMasterDown, 0.5);
  const stuckAfter = micros(Math.min(slowest, Math.max(quickest, half)));
  return { stuckAfter, pingEvery: times(stuckAfter, 0.25) };
}

export const heard = (heartbeat: Heartbeat, now: Micros): Heartbeat => ({ ...heartbeat, lastHeardAt: now });

/**
 * Looks at a worker once every `pingEvery`. A look that is late itself proves nothing: we were the ones who stood
 * still, and the answers may lie unread; the worker gets its whole time again.
 */
export function look(
  heartbeat: Heartbeat,
  now: Micros,
  pace: HeartbeatPace,
): { readonly verdict: 'alive' | 'stuck'; readonly heartbeat: Heartbeat } {
  const weStalled = minus(now, heartbeat.lastLookAt) > times(pace.pingEvery, 2);
  if (weStalled) return { verdict: 'alive', heartbeat: { lastHeardAt: now, lastLookAt: now } };
  const silent = now > plus(heartbeat.lastHeardAt, pace.stuckAfter);
  return { verdict: silent ? 'stuck' : 'alive', heartbeat: { ...heartbeat, lastLookAt: now } };
}
