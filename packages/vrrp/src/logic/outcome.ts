import type { VrrpInstance } from '@holdfast/config';
import type { Micros } from '@holdfast/kit';
import type { Effect, InstanceState } from './types.ts';

/** What every part of a step sees: the instance's configuration and the time, in microseconds of the monotonic clock. */
export interface Context {
  readonly config: VrrpInstance;
  readonly now: Micros;
}

/** What a step comes to: the new state, and what is to be done, in this order. */
export interface Outcome {
  readonly state: InstanceState;
  readonly effects: readonly Effect[];
}

/** A part of a step. */
export type Part = (context: Context, state: InstanceState) => Outcome;

/** Nothing happened: the very same state. */
export const unchanged = (state: InstanceState): Outcome => ({ state, effects: [] });

/** Only the world is touched. */
export const only =
  (...effects: readonly Effect[]): Part =>
  (_context, state) => ({ state, effects });

/** One part after the other, each on the state that the one before left; the effects in the same order. */
export function inOrder(context: Context, state: InstanceState, ...parts: readonly Part[]): Outcome {
  let outcome = unchanged(state);
  for (const part of parts) {
    const next = part(context, outcome.state);
    outcome = { state: next.state, effects: [...outcome.effects, ...next.effects] };
  }
  return outcome;
}
