import { setTimeout as sleep } from 'node:timers/promises';
import { type Daemon, runDaemon } from './daemon-run.ts';
import { type Check, poolText } from './pool-text.ts';
import { memoryOf, processorSeconds } from './process-tree.ts';
import type { TableWatch } from './table-watch.ts';

/** What steady checks cost. */
export interface CheckFigures {
  /** Percent of one processor, all processes of the daemon. */
  readonly processor?: number;
  readonly memory?: number;
  readonly left?: number;
}

const servers = 1000;
/** Milliseconds until all checks have run some times, and how long they are then watched. */
const [settling, watched] = [8000, 20_000];

/** A thousand real servers, each checked once in so many seconds. */
export async function measureChecks(
  which: Daemon,
  check: Check,
  delayLoop: number,
  watch: TableWatch,
): Promise<CheckFigures> {
  const run = runDaemon(which, poolText({ servers, delayLoop, check }));
  if (!(await watch.complete(servers, 60_000))) {
    await run.stop();
    return {};
  }
  await sleep(settling);
  const [before, start] = [processorSeconds(run.pid), performance.now()];
  await sleep(watched);
  const used = processorSeconds(run.pid) - before;
  const processor = (100_000 * used) / (performance.now() - start);
  const memory = memoryOf(run.pid);
  // Whoever does not reach the backends has an empty table by now.
  const isComplete = await watch.complete(servers, 1000);
  await run.stop();
  const left = watch.count();
  return isComplete ? { processor, memory, left } : { left };
}
