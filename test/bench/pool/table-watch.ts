import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openIpvs, type ServiceKey } from '../../../packages/ipvs-netlink/src/index.ts';
import { address } from '../../../packages/kit/src/index.ts';
import { LabError } from '../../lab-support/lab-error.ts';
import { serviceCount, serviceOf } from './pool-text.ts';

/**
 * Milliseconds between two looks at one service. The guest's one processor is the daemon's, too: what looks more often
 * slows what it looks at.
 */
const pause = 20;

/** Looks at the kernel's table from outside, at one service at a time: to read all of it would slow everybody down. */
export interface TableWatch {
  /** Until so many real servers stand in the table. @returns false when that took too long */
  complete(servers: number, patience: number): Promise<boolean>;
  /** Until a real server has the weight. */
  weight(server: number, weight: number, patience: number): Promise<boolean>;
  /** Services and real servers that are there. */
  count(): number;
  close(): void;
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
    return count() === servers + serviceCount(servers);
  };
  // The first look takes the longest: it is over before there is anything to see.
  await has(1);
  return {
    complete: (servers, patience) => until(() => has(servers), patience),
    weight: (server, weight, patience) =>
      until(async () => {
        const reports = await ipvs.servers(keyOf(server));
        return reports.ok && reports.value.some((report) => report.server.weight === weight);
      }, patience),
    count,
    close: () => ipvs.close(),
  };
}

const keyOf = (server: number): ServiceKey => ({
  kind: 'address',
  protocol: 'tcp',
  address: address(serviceOf(server)),
  port: 80,
});

/** One read of the kernel's text, a line for each after three of heading, is all that the daemon waits for. */
const count = (): number => readFileSync('/proc/net/ip_vs', 'utf8').trimEnd().split('\n').length - 3;

export async function until(holds: () => boolean | Promise<boolean>, patience: number): Promise<boolean> {
  const end = performance.now() + patience;
  while (!(await holds())) {
    if (performance.now() > end) return false;
    await sleep(pause);
  }
  return true;
}
