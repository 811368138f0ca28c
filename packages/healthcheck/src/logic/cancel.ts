import type { Outcome } from './outcome.ts';
import type { CheckerState, HealthEffect, VirtualServerState } from './types.ts';

/** No check is under way any more; those that were come again at once, or when their virtual server goes on. */
export function cancelAll(state: VirtualServerState): Outcome {
  const checkers = state.servers.flatMap((server) => server.checkers);
  const servers = state.servers.map((server) => ({ ...server, checkers: server.checkers.map(atRest) }));
  return { state: { ...state, servers }, effects: checkers.flatMap(cancel) };
}

export const cancel = ({ running }: CheckerState): readonly HealthEffect[] =>
  running === undefined ? [] : [{ kind: 'cancel', run: running }];

const atRest = (checker: CheckerState): CheckerState => ({
  ...checker,
  running: undefined,
  startedAt: undefined,
});
