import type { VirtualServer } from '@holdfast/config';
import type { Ipvs } from '@holdfast/ipvs-netlink';
import { type PoolStatistics, poolStatistics } from '../logic/statistics.ts';
import type { VirtualServerState } from '../logic/types.ts';
import { kernelCounts, noCounts } from './kernel-counts.ts';

/** The last checks of all pools with what the kernel counts, or without it where it does not tell. */
export async function statisticsOf(
  entries: readonly { readonly config: VirtualServer; readonly state: VirtualServerState }[],
  ipvs: Pick<Ipvs, 'servers'> | undefined,
): Promise<readonly PoolStatistics[]> {
  const configs = entries.map(({ config }) => config);
  const countsOf = await kernelCounts(ipvs, configs).catch(() => noCounts);
  return entries.map(({ config, state }) => poolStatistics(config, state, countsOf(config)));
}
