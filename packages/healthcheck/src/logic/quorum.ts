import type { VirtualServer } from '@holdfast/config';
import { messages } from './messages.ts';
import type { HealthEffect, HealthLogRecord, RealServerState, VirtualServerState } from './types.ts';
import { aliveWeight } from './weights.ts';

type Quorum = VirtualServerState['quorum'];

/** keepalived.conf(5) `quorum`, `hysteresis`: gained at their sum, lost below their difference, or with nothing left. */
export function hasQuorum(
  { quorum, hysteresis }: VirtualServer,
  servers: readonly RealServerState[],
  before: Quorum | undefined,
): boolean {
  const weight = aliveWeight(servers);
  return before === 'up' ? weight > 0 && weight >= quorum - hysteresis : weight >= quorum + hysteresis;
}

/** Without quorum the sorry server stands alone; the servers that live are out until it is gained. */
export const isSorry = (config: VirtualServer, { quorum }: Pick<VirtualServerState, 'quorum'>): boolean =>
  quorum === 'down' && config.sorryServer !== undefined;

/** What a change of the quorum has to say and whom it calls; nothing where it is as before. */
export interface QuorumNotice {
  readonly logs: readonly HealthLogRecord[];
  readonly calls: readonly HealthEffect[];
}

/** @param before undefined at a start without a predecessor: then a quorum that is down calls only for a sorry server */
export function quorumNotice(
  config: VirtualServer,
  state: VirtualServerState,
  before: Quorum | undefined,
): QuorumNotice {
  if (state.quorum === before) return { logs: [], calls: [] };
  const weight = aliveWeight(state.servers);
  const calls: readonly HealthEffect[] = [{ kind: 'notify-quorum', what: state.quorum }];
  if (state.quorum === 'up') {
    const sorry = before === undefined ? [] : messages.sorryGoes(config);
    return { logs: [messages.quorumGained(config, weight), ...sorry], calls };
  }
  if (before === undefined)
    return {
      logs: [messages.startsWithoutQuorum(config, weight), ...messages.sorryComes(config)],
      calls: config.sorryServer === undefined ? [] : calls,
    };
  return { logs: [messages.quorumLost(config, weight), ...messages.sorryComes(config)], calls };
}
