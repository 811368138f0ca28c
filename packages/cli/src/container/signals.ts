import { constants } from 'node:os';
import type { Addon } from '@holdfast/native';

/** The signals of the entry program, from early on: those that Node does not listen for would kill it. */
export interface Signals {
  /** From now on all go to somebody else. */
  readonly passTo: (take: (signal: number) => void) => void;
}

/** keepalived(8) SIGNALS and holdfastd's own: the daemon decides what they mean. */
const passedOn: readonly number[] = [1, 2, 10, 12, 15, 36, 39, 63];

/** Until there is a daemon, SIGTERM and SIGINT end the program, and others have nothing to ask for. */
export function watchSignals(addon: Pick<Addon, 'watchSignals'>): Signals {
  const { SIGTERM, SIGINT } = constants.signals;
  let handle = (signal: number): void => {
    if (signal === SIGTERM || signal === SIGINT) process.exit(128 + signal);
  };
  addon.watchSignals(passedOn, (signal) => handle(signal));
  return {
    passTo(take) {
      handle = take;
    },
  };
}
