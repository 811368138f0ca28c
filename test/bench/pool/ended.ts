import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for the end of a process. @returns a function that says whether it came within some milliseconds */
export function ended(child: ChildProcess): (patience: number) => Promise<boolean> {
  let isOver = false;
  const over = new Promise<void>((resolve) => {
    child.once('close', () => {
      isOver = true;
      resolve();
    });
  });
  return async (patience) => {
    const timer = new AbortController();
    const late = sleep(patience, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([over, late]);
    timer.abort();
    return isOver;
  };
}
