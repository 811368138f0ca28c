import { signalNumbers } from '../options/signal-number.ts';

/** Signals as the daemon understands them (keepalived(8) SIGNALS), and `restart`, ours; all else that it survives does nothing. */
export type Request = 'reload' | 'stop' | 'restart' | 'data' | 'stats' | 'stats-clear' | 'json' | 'nothing';

const interrupt = 2;
/** SIGXCPU: the real-time limit was reached. Nothing is to be done, but it must not kill. */
const overran = 24;

/** What to watch from the first moment on; real-time signals kill a Node process that only listens for them. */
export const watchedSignals: readonly number[] = [...Object.values(signalNumbers), interrupt, overran];

export function requestOf(signal: number, ignoreInterrupt: boolean): Request {
  switch (signal) {
    case signalNumbers.RELOAD:
      return 'reload';
    case signalNumbers.STOP:
      return 'stop';
    case signalNumbers.RESTART:
      return 'restart';
    case interrupt:
      return ignoreInterrupt ? 'nothing' : 'stop';
    case signalNumbers.DATA:
      return 'data';
    case signalNumbers.STATS:
      return 'stats';
    case signalNumbers.STATS_CLEAR:
      return 'stats-clear';
    case signalNumbers.JSON:
      return 'json';
    default:
      return 'nothing';
  }
}
