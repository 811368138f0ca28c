import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Task } from './alone.ts';
import type { Daemon } from './daemon-run.ts';
import type { PoolOptions } from './options.ts';

/** One line of what the guest has measured. */
export interface PoolMeasured {
  readonly what: string;
  readonly daemon: Daemon;
  readonly figures: Figures;
}

type Figures = Readonly<Partial<Record<string, number>>>;

/** Milliseconds in which the kernel takes a network namespace apart that nobody uses any more. */
const afterwards = 1000;

/** Measures in this kernel, and says each result as a line of JSON. */
export async function measureInside({ runs, sizes, checks, daemons }: PoolOptions): Promise<void> {
  const tell = (what: string, daemon: Daemon, figures: Figures): void => {
    const measured: PoolMeasured = { what, daemon, figures };
    process.stdout.write(`${JSON.stringify(measured)}\n`);
  };
  // The first start of a program in a guest reads it from the disk.
  for (const daemon of daemons) await inNewNamespace({ kind: 'skeleton', daemon });
  for (let run = 0; run < runs; run++) {
    // Who begins changes.
    const turn = run % 2 === 0 ? daemons : daemons.toReversed();
    for (const servers of sizes)
      for (const daemon of turn) tell(`table ${servers}`, daemon, await tableFigures(daemon, servers));
    if (!checks) continue;
    for (const [check, delayLoop] of [
      ['tcp', 1],
      ['http', 2],
    ] as const)
      for (const daemon of turn)
        tell(`${check} checks`, daemon, await inNewNamespace({ kind: 'checks', daemon, check, delayLoop }));
  }
}

async function tableFigures(daemon: Daemon, servers: number): Promise<Figures> {
  const { skeleton } = await inNewNamespace({ kind: 'skeleton', daemon });
  const figures = await inNewNamespace({ kind: 'table', daemon, servers });
  const { complete } = figures;
  if (skeleton === undefined || complete === undefined) return figures;
  return { ...figures, skeleton, afterSkeleton: complete - skeleton };
}

/**
 * Each in a network namespace of its own: what has been deleted from a table stays on a list of the kernel for two
 * minutes, and each addition searches it. In one namespace a second table of 10000 took half a second longer than the
 * first, whoever wrote it.
 */
async function inNewNamespace(task: Task): Promise<Figures> {
  const program = [process.execPath, fileURLToPath(import.meta.url), 'alone', JSON.stringify(task)];
  const { stdout } = await promisify(execFile)('unshare', ['--net', ...program]);
  await sleep(afterwards);
  return JSON.parse(stdout);
}
