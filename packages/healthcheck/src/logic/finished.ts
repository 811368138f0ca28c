import type { Checker, RealServer } from '@holdfast/config';
import { checkerAfter } from './checker-result.ts';
import { realServerState } from './checker-state.ts';
import { messages } from './messages.ts';
import { type Context, type Outcome, unchanged } from './outcome.ts';
import { log, settle } from './settle.ts';
import type {
  CheckerState,
  CheckResult,
  HealthEffect,
  RealServerState,
  VirtualServerState,
} from './types.ts';

/** A check has ended: what that says of its checker, hence of its server, hence of the quorum. */
export function finished(
  context: Context,
  state: VirtualServerState,
  run: number,
  result: CheckResult,
  near?: number,
): Outcome {
  const place = placeOf(context, state, run, near);
  if (place === undefined) return unchanged(state);
  const { index, config, server, checker, what } = place;
  const after = checkerAfter(what, checker, result, config, context.now);
  const changed = realServerState(
    config,
    server.checkers.map((entry) => (entry === checker ? after.checker : entry)),
    server.override,
  );
  // A copy and one write: many times as fast as `with` where servers are many.
  const servers = state.servers.slice();
  servers[index] = changed;
  const next = { ...state, servers };
  // The quorum is a sum over all servers: it is asked for only where one of them has changed.
  const isNews = changed.alive !== server.alive || changed.weight !== server.weight;
  const settled = isNews ? settle(context, next, [{ config, was: server, is: changed }]) : unchanged(next);
  return {
    state: settled.state,
    effects: [
      ...after.remarks.map((remark) => log(messages.checked(context.config, config, what, remark))),
      ...settled.effects,
      ...firstFailure(config, server, checker, changed, result),
    ],
  };
}

interface Place {
  readonly index: number;
  readonly config: RealServer;
  readonly server: RealServerState;
  readonly checker: CheckerState;
  readonly what: Checker;
}

/** @param near the server that had it when it began; where a reload has moved it, all are asked */
function placeOf(
  context: Context,
  state: VirtualServerState,
  run: number,
  near: number | undefined,
): Place | undefined {
  const place = near === undefined ? undefined : placeIn(context, state, run, near);
  if (place !== undefined) return place;
  for (const index of state.servers.keys()) {
    const found = placeIn(context, state, run, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function placeIn(
  { config }: Context,
  { servers }: VirtualServerState,
  run: number,
  index: number,
): Place | undefined {
  const [server, realServer] = [servers[index], config.realServers[index]];
  const i = server?.checkers.findIndex(({ running }) => running === run) ?? -1;
  const [checker, what] = [server?.checkers[i], realServer?.checkers[i]];
  return server && realServer && checker && what && { index, config: realServer, server, checker, what };
}

/** An alpha server whose first check fails was never up, hence nothing changes; that it is down is said all the same. */
function firstFailure(
  config: RealServer,
  before: RealServerState,
  checker: CheckerState,
  after: RealServerState,
  result: CheckResult,
): readonly HealthEffect[] {
  const isFirst =
    before.checkers.every(({ hasRun }) => !hasRun) && after.checkers.some(({ hasRun }) => hasRun);
  const isSaid = before.alive !== after.alive;
  if (!isFirst || isSaid || checker.up || result.kind !== 'failure') return [];
  return [{ kind: 'notify', what: 'down', server: config }];
}
