import type { Micros } from '@holdfast/kit';

/** Now, on both clocks: what workers report on the monotonic one is shown on the wall clock. */
export interface BothClocks {
  readonly monotonic: Micros;
  /** Milliseconds since 1970. */
  readonly wall: number;
}

/** @param at of the monotonic clock */
export const momentOf = ({ monotonic, wall }: BothClocks, at: Micros): string =>
  new Date(wall - (monotonic - at) / 1000).toISOString();

export const momentOrNull = (clocks: BothClocks, at: Micros | undefined): string | null =>
  at === undefined ? null : momentOf(clocks, at);
