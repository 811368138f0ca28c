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
): Outcome {
  const place = placeOf(context, state, run);
  if (place === undefined) return unchanged(state);
  const { index, config, server, checker, what } = place;
  const after = checkerAfter(what, checker, result, config, context.now);
  const changed = realServerState(
    config,
    server.checkers.map((entry) => (entry === checker ? after.checker : entry)),
  );
  const settled = settle(context, { ...state, servers: state.servers.with(index, changed) }, [
    { config, was: server, is: changed },
  ]);
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

function placeOf({ config }: Context, state: VirtualServerState, run: number): Place | undefined {
  for (const [index, server] of state.servers.entries())
    for (const [i, checker] of server.checkers.entries()) {
      if (checker.running !== run) continue;
      const [realServer, what] = [config.realServers[index], config.realServers[index]?.checkers[i]];
      return realServer && what && { index, config: realServer, server, checker, what };
    }
  return undefined;
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
