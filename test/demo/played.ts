import type { Told } from './summary.ts';

/** A part of the demo that was played. */
export interface Played {
  readonly told: readonly Told[];
  /** Takes down what was set up for it; keeps it up before, where the person at the terminal wants that. */
  readonly end: () => Promise<void>;
}
