import type { Micros, Random } from '@holdfast/kit';

/** What all routers of one story agree on. */
export interface Ground {
  readonly version: 2 | 3;
  /** The interval most of them use: the measure of time in this story. */
  readonly interval: Micros;
  readonly unicast: boolean;
}

/** Ties and neighbours come often, and so do the ends of the range. */
export const somePriority = (chance: Random): number =>
  chance.pick([100, 100, 101, 150, 200, 1, 254, chance.whole(1, 254), chance.whole(1, 254)]);
