import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { Signals } from './signals.ts';

export interface Supervision {
  readonly program: string;
  readonly words: readonly string[];
  readonly signals: Signals;
  /** Asks whether there is something new to reload; undefined when there never will be. */
  readonly renew: (() => Promise<boolean>) | undefined;
}

/** Milliseconds: a new router must have become a peer before it misses three adverts that come once a second. */
const renewal = 1000;

/**
 * Milliseconds that the daemon's workers have to withdraw the addresses when it was killed: they end within 0.2 s, and
 * with this program the whole container ends.
 */
const farewell = 300;

/** Runs the daemon, hands signals on to it, has it reload what is new. @returns the status it ended with */
export function supervise({ program, words, signals, renew }: Supervision): Promise<number> {
  const child = spawn(process.execPath, [program, ...words], { stdio: 'inherit' });
  const send = (signal: number): void => {
    if (isRunning(child)) process.kill(child.pid ?? 0, signal);
  };
  signals.passTo(send);
  if (renew !== undefined) void keepNew(child, renew, () => send(constants.signals.SIGHUP));
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (status, signal) => {
      if (signal === null) resolve(status ?? 1);
      else void setTimeout(farewell, 128 + constants.signals[signal]).then(resolve);
    });
  });
}

async function keepNew(
  child: ChildProcess,
  renew: () => Promise<boolean>,
  reload: () => void,
): Promise<void> {
  while (isRunning(child)) {
    await setTimeout(renewal, undefined, { ref: false });
    if (await renew()) reload();
  }
}

const isRunning = ({ pid, exitCode, signalCode }: ChildProcess): boolean =>
  pid !== undefined && exitCode === null && signalCode === null;
