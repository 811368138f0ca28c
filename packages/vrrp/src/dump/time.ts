import type { Micros } from '@holdfast/kit';

/** The monotonic and the wall clock at the same moment, so that one can be told in terms of the other. */
export interface DumpTime {
  readonly now: Micros;
  readonly wallSeconds: number;
}

/** A point of the monotonic clock as seconds since the epoch. */
export const epochSeconds = (at: Micros, { now, wallSeconds }: DumpTime): number =>
  wallSeconds - (now - at) / 1e6;
