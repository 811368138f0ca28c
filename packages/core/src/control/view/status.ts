import type { Micros } from '@holdfast/kit';
import type { Status } from '../api/index.ts';
import { noTableText } from '../orders.ts';
import { type BothClocks, momentOf } from './clock.ts';
import { instanceView, type KnownInstance } from './instance.ts';
import { type KnownPool, poolView } from './pool.ts';

/** A worker as core sees it; `pid` undefined: it is starting. */
export interface KnownWorker {
  readonly pid: number | undefined;
  readonly answered: boolean;
}

export interface LastReload {
  readonly at: Micros;
  readonly applied: boolean;
  readonly text: string;
}

/** All that core knows. */
export interface Known {
  readonly version: string;
  readonly pid: number;
  readonly startedAt: Micros;
  readonly configurationFile: string;
  readonly lastReload: LastReload | undefined;
  /** Undefined: there is nothing for it to do. */
  readonly vrrp: KnownWorker | undefined;
  readonly healthcheck: KnownWorker | undefined;
  readonly instances: readonly KnownInstance[];
  readonly pools: readonly KnownPool[];
  /** The healthcheck worker says so. */
  readonly lacksTable: boolean;
}

/** GET /v1/status; a pure function of what is known. */
export function statusView(known: Known, clocks: BothClocks): Status {
  const { version, pid, configurationFile, lastReload } = known;
  return {
    daemon: {
      version,
      pid,
      since: momentOf(clocks, known.startedAt),
      configurationFile,
      lastReload: lastReload === undefined ? null : { ...lastReload, at: momentOf(clocks, lastReload.at) },
      workers: { vrrp: workerView(known.vrrp), healthcheck: workerView(known.healthcheck) },
    },
    instances: known.instances.map((instance) => instanceView(instance, clocks)),
    pools: known.pools.map((pool) => poolView(pool, clocks)),
    notes: [
      ...silence('vrrp', known.vrrp, 'counters and times of adverts'),
      ...silence('healthcheck', known.healthcheck, "last checks and the kernel's counters"),
      ...(known.lacksTable ? [noTableText] : []),
    ],
  };
}

const workerView = (worker: KnownWorker | undefined): Status['daemon']['workers']['vrrp'] =>
  worker === undefined ? null : { pid: worker.pid ?? null, answered: worker.answered };

function silence(name: string, worker: KnownWorker | undefined, what: string): readonly string[] {
  if (worker === undefined || worker.answered) return [];
  const why = worker.pid === undefined ? 'is starting' : 'did not answer in time';
  return [`the ${name} worker ${why}: ${what} are missing`];
}
