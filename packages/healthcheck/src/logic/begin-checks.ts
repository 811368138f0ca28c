import type { Checker } from '@holdfast/config';
import { type Context, type Outcome, unchanged } from './outcome.ts';
import type { CheckerState, HealthEffect, VirtualServerState } from './types.ts';

/** Begins every check that is due; one that is still under way is not begun again. */
export function beginChecks({ config, now }: Context, state: VirtualServerState): Outcome {
  if (state.suspended) return unchanged(state);
  const effects: HealthEffect[] = [];
  const servers = state.servers.map((server, s) => {
    if (!server.checkers.some(isDue)) return server;
    const checkers = server.checkers.map((checker, c) => {
      const what = config.realServers[s]?.checkers[c];
      if (what === undefined || !isDue(checker)) return checker;
      const run = state.runs + effects.length + 1;
      effects.push(check(run, s, c, what, checker));
      return { ...checker, running: run, startedAt: now };
    });
    return { ...server, checkers };
  });
  if (effects.length === 0) return unchanged(state);
  return { state: { ...state, servers, runs: state.runs + effects.length }, effects };

  function isDue({ running, nextAt }: CheckerState): boolean {
    return running === undefined && nextAt !== undefined && nextAt <= now;
  }
}

const check = (
  run: number,
  server: number,
  checker: number,
  what: Checker,
  { url }: CheckerState,
): HealthEffect => ({ kind: 'check', run, server, checker, what, url });
