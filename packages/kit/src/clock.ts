import type { Micros } from './units.ts';

/** A monotonic clock. The shells read the kernel's CLOCK_MONOTONIC, the simulator its virtual one. */
export interface Clock {
  /** Microseconds since an arbitrary start that is the same for all processes of one boot. */
  now(): Micros;
}
