import { setTimeout as sleep } from 'node:timers/promises';
import { type Ipvs, openIpvs, type ServiceKey } from '../../../packages/ipvs-netlink/src/index.ts';
import { address } from '../../../packages/kit/src/index.ts';
import { LabError } from '../../lab-support/lab-error.ts';
import { serviceCount, serviceOf } from './pool-text.ts';

/** Milliseconds between two looks at one service: small beside what is measured, and cheap. */
const pause = 10;

/** Looks at the kernel's table from outside, at one service at a time: to read all of it would slow everybody down. */
export interface TableWatch {
  /** Until so many real servers stand in the table. @returns false when that took too long */
  complete(servers: number, patience: number): Promise<boolean>;
  /** Until a real server has the weight. */
  weight(server: number, weight: number, patience: number): Promise<boolean>;
  /** Services and real servers that are there. */
  count(): Promise<number>;
  flush(): Promise<void>;
}

export async function watchTable(): Promise<TableWatch> {
  const opened = await openIpvs();
  if (!opened.ok) throw new LabError(`this kernel has no IPVS: ${opened.error.code}`);
  const ipvs = opened.value;
  const has = async (servers: number): Promise<boolean> => {
    // Both write in the order of the file: the last service is looked at, and all of them once it is there.
    const last = servers - 1;
    const inLast = last % 10;
    const reports = await ipvs.servers(keyOf(last));
    if (!reports.ok || reports.value.length !== inLast + 1) return false;
    return (await count(ipvs)) === servers + serviceCount(servers);
  };
  return {
    complete: (servers, patience) => until(() => has(servers), patience),
    weight: (server, weight, patience) =>
      until(async () => {
        const reports = await ipvs.servers(keyOf(server));
        return reports.ok && reports.value.some((report) => report.server.weight === weight);
      }, patience),
    count: () => count(ipvs),
    flush: async () => void (await ipvs.flush()),
  };
}

const keyOf = (server: number): ServiceKey => ({
  kind: 'address',
  protocol: 'tcp',
  address: address(serviceOf(server)),
  port: 80,
});

async function count(ipvs: Ipvs): Promise<number> {
  const table = await ipvs.table();
  if (!table.ok) return 0;
  return [...table.value.table.values()].reduce((sum, { servers }) => sum + 1 + servers.size, 0);
}

export async function until(holds: () => boolean | Promise<boolean>, patience: number): Promise<boolean> {
  const end = performance.now() + patience;
  while (!(await holds())) {
    if (performance.now() > end) return false;
    await sleep(pause);
  }
  return true;
}
