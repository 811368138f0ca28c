import type { Checker, RealServer } from '@holdfast/config';
import { earlier, plus } from '@holdfast/kit';
import { firstCheckAt, newChecker, realServerState, runs } from './checker-state.ts';
import type { Context } from './outcome.ts';
import { sameChecker } from './same-checker.ts';
import type { CheckerState, RealServerState } from './types.ts';

export interface KnownServer {
  readonly config: RealServer;
  readonly state: RealServerState;
}

/**
 * A real server of the new file. What it had before goes on, with its checks under way and their times; a checker
 * that is new to a server in good health has all its attempts, one that is new to any other has to prove itself.
 * @param next gives each new checker its part of chance
 */
export function reloadServer(
  { now }: Context,
  config: RealServer,
  known: KnownServer | undefined,
  next: () => number,
): RealServerState {
  const free = new Map(known?.config.checkers.map((checker, i) => [i, checker]));
  const isHealthy = known?.state.checkers.every(({ up, hasRun }) => up && hasRun) ?? false;
  return realServerState(
    config,
    config.checkers.map((checker) => {
      const before = takeSame(free, checker, known?.state.checkers);
      if (before !== undefined) return keep(checker, before);
      const fresh = newChecker(checker, firstCheckAt(checker, now, next()));
      return isHealthy ? { ...fresh, up: true, failures: 0 } : fresh;
    }),
    known?.state.override,
  );

  /** In a shorter rhythm than before, the next check comes accordingly earlier. */
  function keep(checker: Checker, before: CheckerState): CheckerState {
    if (!runs(checker)) return before;
    const { pace } = checker;
    const { nextAt } = before;
    return {
      ...before,
      failures: Math.min(before.failures, pace.retry),
      nextAt: nextAt === undefined ? plus(now, pace.delayLoop) : earlier(nextAt, plus(now, pace.delayLoop)),
    };
  }
}

/** Each checker of the old file goes on as at most one of the new one. */
function takeSame(
  free: Map<number, Checker>,
  wanted: Checker,
  states: readonly CheckerState[] | undefined,
): CheckerState | undefined {
  for (const [i, checker] of free) {
    if (!sameChecker(checker, wanted)) continue;
    free.delete(i);
    return states?.[i];
  }
  return undefined;
}
