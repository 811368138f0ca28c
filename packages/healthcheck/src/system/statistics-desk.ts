import type { VirtualServer } from '@holdfast/config';
import type { Ipvs } from '@holdfast/ipvs-netlink';
import { poolStatistics } from '../logic/statistics.ts';
import type { VirtualServerState } from '../logic/types.ts';
import { kernelCounts, noCounts } from './kernel-counts.ts';
import type { Outbox } from './outbox.ts';

type Entries = readonly { readonly config: VirtualServer; readonly state: VirtualServerState }[];

/** Answers core's questions for the last checks of all pools and for what the kernel counts. */
export interface StatisticsDesk {
  /** @param ipvs undefined: it has not been reached, and counts nothing */
  tell(query: number, entries: Entries, ipvs: Pick<Ipvs, 'servers'> | undefined): void;
}

/**
 * Counting a long table takes its time: it is counted once at a time, and who asks meanwhile hears of the same count.
 * Where the kernel does not tell, the answer comes without it.
 */
export function statisticsDesk(outbox: Pick<Outbox, 'fact' | 'flush'>): StatisticsDesk {
  let latest: number | undefined;
  let isCounting = false;
  const count = async (entries: Entries, ipvs: Pick<Ipvs, 'servers'> | undefined): Promise<void> => {
    const configs = entries.map(({ config }) => config);
    const countsOf = await kernelCounts(ipvs, configs).catch(() => noCounts);
    isCounting = false;
    const pools = entries.map(({ config, state }) => poolStatistics(config, state, countsOf(config)));
    outbox.fact({ kind: 'statistics', query: latest ?? 0, pools, hasTable: ipvs !== undefined });
    outbox.flush();
  };
  return {
    tell(query, entries, ipvs) {
      latest = query;
      if (isCounting) return;
      isCounting = true;
      void count(entries, ipvs);
    },
  };
}
