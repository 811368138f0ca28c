import { fileURLToPath } from 'node:url';
import { type Addon, AddonMissing, loadAddon, type OnSignal } from '@holdfast/native';
import { hurryAfterRestart } from '../restart/hurry.ts';
import { cleanEnvironment } from '../scripts/invocation.ts';
import { type EarlyWorker, startEarlyWorker } from '../supervisor/early-worker.ts';
import { isInBackground } from './background.ts';
import { watchedSignals } from './signals.ts';

/** What is done before anything else is loaded: from here on no signal kills the process by accident. */
export interface Early {
  /** The addon, or why there is none, with the remedy. */
  readonly addon: Addon | string;
  /** Signals that came already are handed over at once, in order, and all later ones as they come. */
  readonly onSignal: (handler: OnSignal) => void;
  /** The vrrp worker, where a daemon before has stopped for a restart and waits to be gone on with. */
  readonly worker: EarlyWorker | undefined;
}

/** Descriptors 0 to 2 are passed on; whatever else the shell left open is not. */
const firstStrayDescriptor = 3;

export function startEarly(): Early {
  const waiting: Parameters<OnSignal>[] = [];
  let handle: OnSignal = (...signal) => {
    waiting.push(signal);
  };
  const addon = watch((...signal) => handle(...signal));
  return {
    addon,
    worker: typeof addon === 'string' ? undefined : workerOfRestart(addon, process.argv.slice(2)),
    onSignal(handler) {
      handle = handler;
      for (const signal of waiting.splice(0)) handler(...signal);
    },
  };
}

/** Only of the process that becomes the daemon: not of the one that starts it in the background, nor of a test. */
function workerOfRestart(addon: Addon, words: readonly string[]): EarlyWorker | undefined {
  const becomesDaemon = words.includes('-n') || words.includes('--dont-fork') || isInBackground(process.env);
  if (!becomesDaemon || !hurryAfterRestart(addon, words)) return undefined;
  addon.closeOnExecFrom(firstStrayDescriptor);
  const bundle = fileURLToPath(new URL('./holdfast-vrrp.mjs', import.meta.url));
  return startEarlyWorker(bundle, cleanEnvironment(process.env));
}

function watch(onSignal: OnSignal): Addon | string {
  try {
    const addon = loadAddon();
    addon.watchSignals(watchedSignals, onSignal);
    return addon;
  } catch (error) {
    if (error instanceof AddonMissing) return error.message;
    throw error;
  }
}
