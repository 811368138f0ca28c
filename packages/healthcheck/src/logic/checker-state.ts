import type { Checker, RealServer } from '@holdfast/config';
import { type Micros, plus, seconds, times } from '@holdfast/kit';
import type { CheckerState, Override, RealServerState } from './types.ts';

/** A checker that has not run: up unless alpha, and with no attempts left, so that one failure is enough. */
export const newChecker = (checker: Checker, nextAt: Micros): CheckerState => ({
  up: !checker.pace.alpha,
  hasRun: false,
  failures: checker.pace.retry,
  weightOffset: 0,
  running: undefined,
  startedAt: undefined,
  nextAt: runs(checker) ? nextAt : undefined,
  url: 0,
  polling: false,
  said: undefined,
  last: undefined,
});

/** False for a MISC_CHECK without a program that could run. */
export const runs = (checker: Checker): boolean => !('disabled' in checker && checker.disabled === true);

/** The longest time until the first check: one second and all of the warm-up. */
const firstDelay = seconds(1);

/** When a checker runs first. @param chance from 0 to below 1: the part of `warmup` that it waits */
export const firstCheckAt = ({ pace }: Checker, now: Micros, chance: number): Micros =>
  plus(now, plus(firstDelay, times(pace.warmup, chance)));

/** A real server with its checkers: up while none of them is down. */
export const realServerState = (
  config: RealServer,
  checkers: readonly CheckerState[],
  override?: Override,
): RealServerState => ({
  alive: checkers.every(({ up }) => up),
  weight: checkers.reduce((sum, { weightOffset }) => sum + weightOffset, config.weight),
  override,
  checkers,
});

/** Gives each checker its part of chance, in the order of the configuration. @returns 0 where there is none */
export function chances(chance: readonly number[]): () => number {
  let given = 0;
  return () => chance[given++ % Math.max(1, chance.length)] ?? 0;
}
