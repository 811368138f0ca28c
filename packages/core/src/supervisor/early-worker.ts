import type { ChildProcess } from 'node:child_process';
import { spawnWorker } from './spawn-worker.ts';

/** A worker that was forked before anybody could listen to it: what it has said meanwhile is kept. */
export interface EarlyWorker {
  /** Hands it over, once; nothing where it has ended. The messages are to be heard before all later ones. */
  take(): { readonly child: ChildProcess; readonly messages: readonly unknown[] } | undefined;
  /** Nobody wants it. */
  discard(): void;
}

/** Starting takes a worker as long as it takes core: where every tenth of a second counts, both start at once. */
export function startEarlyWorker(path: string, environment: NodeJS.ProcessEnv): EarlyWorker {
  let child: ChildProcess | undefined = spawnWorker(path, environment, { isUrgent: true });
  const messages: unknown[] = [];
  const keep = (message: unknown): void => {
    messages.push(message);
  };
  const ignore = (): void => undefined;
  child.on('message', keep).on('error', ignore);
  return {
    take() {
      const taken = child;
      child = undefined;
      if (taken === undefined) return undefined;
      taken.off('message', keep).off('error', ignore);
      const lives = taken.pid !== undefined && taken.exitCode === null && taken.signalCode === null;
      if (lives && taken.connected) return { child: taken, messages };
      taken.kill('SIGKILL');
      return undefined;
    },
    discard() {
      child?.kill('SIGKILL');
      child = undefined;
    },
  };
}
