import { createInterface } from 'node:readline';
import type { Flushed, TableReport } from '../../../lab-support/helper/table.ts';
import { helperProgram } from '../../../lab-support/helper-program.ts';
import type { Network } from '../../../lab-support/network.ts';
import { until } from '../../../lab-support/until.ts';
import { type PoolName, poolPort, pools, serverAt } from '../cast.ts';
import type { TableEntry } from '../facts.ts';
import { poolsText } from './pools-text.ts';

/** What the table held from a moment on. */
export interface TableChange {
  /** Microseconds of CLOCK_MONOTONIC; at most about 50 ms late. */
  readonly at: number;
  /** As `poolsText` writes it. */
  readonly text: string;
}

export interface WatchedEntry extends TableEntry {
  /** Connections since the entry was made. */
  readonly connections: number;
}

export type WatchedPools = Readonly<Record<PoolName, readonly WatchedEntry[]>>;

export interface TableWatch {
  /** Whenever servers or weights changed. */
  readonly changes: readonly TableChange[];
  readonly now: () => WatchedPools;
  /** Empties the table as `ipvsadm -C` does. @returns when it was empty, microseconds of CLOCK_MONOTONIC */
  readonly flush: () => Promise<number>;
}

/** Watches the kernel's LVS table in the namespace of the director. */
export function watchTable(network: Network): TableWatch {
  const changes: TableChange[] = [];
  let current: WatchedPools = { NAT: [], DR: [] };
  let flushed = 0;
  let complaint = '';
  const child = network.start('director', helperProgram('table'), { stdin: 'pipe' });
  child.stderr?.on('data', (chunk) => {
    complaint += String(chunk);
  });
  const note = (report: TableReport): void => {
    current = { NAT: entriesOf(report, 'NAT'), DR: entriesOf(report, 'DR') };
    const text = poolsText(current);
    if (changes.at(-1)?.text !== text) changes.push({ at: report.at, text });
  };
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', (line) => {
      const report: TableReport | Flushed = JSON.parse(line);
      if ('flushed' in report) flushed = report.flushed;
      else note(report);
    });
  }
  return {
    changes,
    now: () => current,
    async flush() {
      const before = flushed;
      child.stdin?.write('flush\n');
      return until(
        () => `the table is emptied\n${complaint}`,
        5000,
        () => flushed !== before && flushed,
      );
    },
  };
}

function entriesOf({ services }: TableReport, name: PoolName): readonly WatchedEntry[] {
  const virtual = pools.find((pool) => pool.name === name)?.address ?? '';
  const entries = services[`tcp ${virtual}:${poolPort}`] ?? [];
  return entries.map(({ address, weight, active, connections }) => ({
    server: serverAt(address),
    weight,
    active,
    connections,
  }));
}
