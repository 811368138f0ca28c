import type { Addon } from './types.ts';

/** Signals that mean stop: SIGINT, SIGTERM. */
const stops: readonly number[] = [2, 15];
/**
 * SIGHUP, SIGUSR1, SIGUSR2, JSON (36) and STATS_CLEAR (63) are core's business, which tells this worker by
 * message; `killall` sends them here too, and they must do nothing. SIGXCPU (24) warns of a real-time limit.
 */
const coresOwn: readonly number[] = [1, 10, 12, 24, 36, 63];
/** A loop that is stuck is ended by the kernel this long after SIGTERM. */
const stuckAfterMilliseconds = 200;

/** The signals of this process, from its first moment on: what comes before somebody listens is kept. */
export interface WorkerSignals {
  onStop(listener: () => void): void;
}

/** Installs the handlers. With `stop` comes an alarm that a working loop takes back. */
export function workerSignals(addon: Pick<Addon, 'watchSignals' | 'alarmOnSignal' | 'alarm'>): WorkerSignals {
  let stopped = false;
  let listener: (() => void) | undefined;
  addon.watchSignals([...stops, ...coresOwn], (signal) => {
    if (!stops.includes(signal)) return;
    stopped = true;
    listener?.();
  });
  for (const signal of stops) addon.alarmOnSignal(signal, stuckAfterMilliseconds);
  return {
    onStop(next) {
      listener = next;
      if (stopped) next();
    },
  };
}
