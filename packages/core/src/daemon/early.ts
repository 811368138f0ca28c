import { type Addon, AddonMissing, loadAddon } from '@holdfast/native';
import { hurryAfterRestart } from '../restart/hurry.ts';
import { watchedSignals } from './signals.ts';

/** What is done before anything else is loaded: from here on no signal kills the process by accident. */
export interface Early {
  /** The addon, or why there is none, with the remedy. */
  readonly addon: Addon | string;
  /** Signals that came already are handed over at once, in order, and all later ones as they come. */
  readonly onSignal: (handler: (signal: number) => void) => void;
}

export function startEarly(): Early {
  const waiting: number[] = [];
  let handle = (signal: number): void => {
    waiting.push(signal);
  };
  return {
    addon: watch((signal) => handle(signal)),
    onSignal(handler) {
      handle = handler;
      for (const signal of waiting.splice(0)) handler(signal);
    },
  };
}

function watch(onSignal: (signal: number) => void): Addon | string {
  try {
    const addon = loadAddon();
    addon.watchSignals(watchedSignals, onSignal);
    hurryAfterRestart(addon, process.argv.slice(2));
    return addon;
  } catch (error) {
    if (error instanceof AddonMissing) return error.message;
    throw error;
  }
}
