import type { RealServer, VirtualServer } from '@holdfast/config';
import { messages } from './messages.ts';
import { type Context, type Outcome, unchanged } from './outcome.ts';
import { hasQuorum, isSorry, quorumNotice } from './quorum.ts';
import type { HealthEffect, HealthLogRecord, RealServerState, VirtualServerState } from './types.ts';
import { effectiveWeight } from './weights.ts';

/** A real server before and after an event. */
export interface ServerChange {
  readonly config: RealServer;
  readonly was: RealServerState;
  readonly is: RealServerState;
}

/**
 * What follows when servers have changed: the quorum is judged again. First the log tells, then the kernel is brought
 * up to date, then scripts are told: the server's before the quorum's, as with keepalived.
 * @param state with the servers as they are now and the quorum as it was
 */
export function settle(
  { config }: Context,
  state: VirtualServerState,
  changes: readonly ServerChange[],
): Outcome {
  const real = changes.filter(
    ({ was, is }) => was.alive !== is.alive || was.weight !== is.weight || was.override !== is.override,
  );
  const quorum = hasQuorum(config, state.servers, state.quorum) ? 'up' : 'down';
  if (real.length === 0 && quorum === state.quorum) return unchanged(state);
  const settled = { ...state, quorum } as const;
  const notice = quorumNotice(config, settled, state.quorum);
  return {
    state: settled,
    effects: [
      ...[...real.flatMap((change) => poolLogs(config, state, settled, change)), ...notice.logs].map(log),
      { kind: 'plan' },
      ...real.flatMap(calls),
      ...notice.calls,
    ],
  };
}

export const log = (record: HealthLogRecord): HealthEffect => ({ kind: 'log', record });

/** While the sorry server stands, servers that come and go are out of the pool: only their weights are news. */
function poolLogs(
  virtualServer: VirtualServer,
  before: VirtualServerState,
  after: VirtualServerState,
  { config, was, is }: ServerChange,
): readonly HealthLogRecord[] {
  const isOpen = !isSorry(virtualServer, is.alive ? after : before);
  const [from, to] = [effectiveWeight(was), effectiveWeight(is)];
  return [
    ...(from === to ? [] : [messages.weightChanged(virtualServer, config, from, to, is.alive && isOpen)]),
    ...(was.alive === is.alive || !isOpen
      ? []
      : [
          is.alive ? messages.serverComes(virtualServer, config) : messages.serverGoes(virtualServer, config),
        ]),
  ];
}

const calls = ({ config, was, is }: ServerChange): readonly HealthEffect[] =>
  was.alive === is.alive ? [] : [{ kind: 'notify', what: is.alive ? 'up' : 'down', server: config }];
