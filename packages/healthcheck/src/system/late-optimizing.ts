import { setFlagsFromString } from 'node:v8';

/** Milliseconds: long enough for the first table, and over before checks have run often. */
const untilOptimizing = 10_000;

/**
 * Turns the optimizing compiler off until the first table is likely to stand: what makes it runs once and is hot only
 * meanwhile. Where there is one processor the compiler takes its time away: half a second of 1.4 for ten thousand
 * real servers. Switched here and not by an argument, which would last.
 */
export function optimizeLater(): void {
  setFlagsFromString('--no-opt');
  setTimeout(() => setFlagsFromString('--opt'), untilOptimizing).unref();
}
