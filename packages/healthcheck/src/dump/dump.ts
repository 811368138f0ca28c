import type { VirtualServer } from '@holdfast/config';
import { toSeconds } from '@holdfast/kit';
import type { RealServerState, VirtualServerState } from '../logic/types.ts';

/** Virtual servers for keepalived_check.data: one block each, with their real servers. */
export function dumpText(
  entries: readonly { readonly config: VirtualServer; readonly state: VirtualServerState }[],
): string {
  return ['------< LVS Topology >------', ...entries.flatMap(virtualServer), ''].join('\n');
}

const virtualServer = ({
  config,
  state,
}: {
  readonly config: VirtualServer;
  readonly state: VirtualServerState;
}): readonly string[] => [
  ` ------< Virtual server >------`,
  ` Virtual server = ${config.key}`,
  `   Protocol = ${config.protocol}`,
  `   delay_loop = ${toSeconds(config.delayLoop)}`,
  `   lvs_sched = ${config.scheduler}`,
  `   quorum = ${config.quorum}, hysteresis = ${config.hysteresis}`,
  `   quorum state = ${state.quorum === 'up' ? 'UP' : 'DOWN'}`,
  `   ha_suspend = ${config.haSuspend ? `on (${state.suspended ? 'suspended' : 'active'})` : 'off'}`,
  ...config.realServers.flatMap(({ key, weight }, i) => realServer(key, weight, state.servers[i])),
];

const realServer = (key: string, weight: number, state: RealServerState | undefined): readonly string[] => [
  `   ------< Real server >------`,
  `   Real server = ${key}`,
  `     Weight = ${weight}, effective weight = ${state?.weight ?? weight}`,
  `     Alive = ${state?.alive === true ? 1 : 0}`,
  `     Num failed checkers = ${state?.checkers.filter(({ up }) => !up).length ?? 0}`,
];
