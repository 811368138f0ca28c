import { micros } from '@holdfast/kit';

/**
 * How far from the exact moment a router may act. Virtual processes are woken up to 0.3 ms late, never early; all else
 * is exact, so a millisecond is enough, and too little for any mistake in the timers' formulas to hide in.
 */
export const tolerance = { early: micros(50), late: micros(1000) } as const;
