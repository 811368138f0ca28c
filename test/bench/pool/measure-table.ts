import { setTimeout as sleep } from 'node:timers/promises';
import { type Daemon, type DaemonRun, runDaemon } from './daemon-run.ts';
import { poolText } from './pool-text.ts';
import { memoryOf, processorSeconds } from './process-tree.ts';
import { type TableWatch, until } from './table-watch.ts';

/** What is measured of a long table; milliseconds, seconds of processor time, KiB. What did not come is not there. */
export interface TableFigures {
  readonly complete?: number;
  readonly startProcessor?: number;
  readonly memory?: number;
  readonly reloadProcessor?: number;
  readonly visible?: number;
  readonly changeProcessor?: number;
  readonly stop?: number;
  /** Services and real servers that were still there at the end. */
  readonly left?: number;
}

const patience = 120_000;
/**
 * Milliseconds that a daemon is watched after a reload, and beforehand to know what it uses without one: with 10000 real
 * servers keepalived was busy for all of six seconds.
 */
const windowFor = (servers: number): number => Math.max(6000, 1.2 * servers);
const weight = 7;

export async function measureTable(which: Daemon, servers: number, watch: TableWatch): Promise<TableFigures> {
  const window = windowFor(servers);
  const plain = { servers, delayLoop: 600, check: 'tcp' } as const;
  const run = runDaemon(which, poolText(plain));
  // There is nothing to look at before.
  await until(() => run.isReady(), patience);
  if (!(await watch.complete(servers, patience))) return ending(run, watch);
  const complete = run.age();
  const startProcessor = processorSeconds(run.pid);
  await sleep(window);
  const idle = await processorOver(run, window, () => undefined);
  const memory = memoryOf(run.pid);
  const reload = await processorOver(run, window, () => run.reload(poolText(plain)));
  const server = Math.floor(servers / 2);
  const told = performance.now();
  let visible: number | undefined;
  const change = await processorOver(run, window, async () => {
    run.reload(poolText({ ...plain, heavier: { server, weight } }));
    if (await watch.weight(server, weight, patience)) visible = performance.now() - told;
  });
  return {
    complete,
    startProcessor,
    memory,
    reloadProcessor: Math.max(0, reload - idle),
    ...(visible === undefined ? {} : { visible }),
    changeProcessor: Math.max(0, change - idle),
    ...(await ending(run, watch)),
  };
}

/**
 * Milliseconds from the start of the program until the process that keeps the table is ready, with one real server: what
 * the processes need before they could begin.
 */
export async function measureSkeleton(which: Daemon): Promise<{ readonly skeleton?: number }> {
  const run = runDaemon(which, poolText({ servers: 1, delayLoop: 600, check: 'tcp' }));
  const isReady = await until(() => run.isReady(), patience);
  const skeleton = run.age();
  await sleep(1000);
  await run.stop();
  return isReady ? { skeleton } : {};
}

async function processorOver(
  run: DaemonRun,
  window: number,
  act: () => void | Promise<void>,
): Promise<number> {
  const [before, start] = [processorSeconds(run.pid), performance.now()];
  await act();
  await sleep(Math.max(0, window - (performance.now() - start)));
  return processorSeconds(run.pid) - before;
}

async function ending(run: DaemonRun, watch: TableWatch): Promise<TableFigures> {
  const stop = await run.stop();
  return { ...(stop === undefined ? {} : { stop }), left: watch.count() };
}
