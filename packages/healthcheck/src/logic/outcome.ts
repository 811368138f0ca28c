import type { VirtualServer } from '@holdfast/config';
import type { Micros } from '@holdfast/kit';
import type { HealthEffect, VirtualServerState } from './types.ts';

/** What every part of a step sees: the virtual server's configuration and the time, in microseconds of the monotonic clock. */
export interface Context {
  readonly config: VirtualServer;
  readonly now: Micros;
}

/** What a step comes to: the new state, and what is to be done, in this order. */
export interface Outcome {
  readonly state: VirtualServerState;
  readonly effects: readonly HealthEffect[];
}

/** Nothing happened: the very same state. */
export const unchanged = (state: VirtualServerState): Outcome => ({ state, effects: [] });
