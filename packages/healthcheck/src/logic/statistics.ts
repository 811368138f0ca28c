import type { VirtualServer } from '@holdfast/config';
import type { LastCheck, VirtualServerState } from './types.ts';

/** What an operator is shown of a virtual server besides its health: told when it is asked for. */
export interface PoolStatistics {
  readonly key: string;
  readonly suspended: boolean;
  readonly servers: readonly ServerStatistics[];
}

export interface ServerStatistics {
  readonly key: string;
  /** The last attempt of each checker, in the order of the configuration; null: none yet. */
  readonly checks: readonly (LastCheck | null)[];
  /** What the kernel counts for it, summed over the services of its virtual server; undefined: it is in none. */
  readonly kernel: KernelCounts | undefined;
}

export interface KernelCounts {
  /** The weight in the table, the largest of all services. */
  readonly weight: number;
  readonly activeConnections: number;
  readonly inactiveConnections: number;
  readonly connections: number;
  readonly incomingBytes: number;
  readonly outgoingBytes: number;
}

/** @param counts by the real server's key */
export function poolStatistics(
  config: VirtualServer,
  state: VirtualServerState,
  counts: ReadonlyMap<string, KernelCounts>,
): PoolStatistics {
  return {
    key: config.key,
    suspended: state.suspended,
    servers: config.realServers.map(({ key }, i) => ({
      key,
      checks: (state.servers[i]?.checkers ?? []).map(({ last }) => last ?? null),
      kernel: counts.get(key),
    })),
  };
}
