import type { Addon, OnSignal } from '@holdfast/native';
import type { CommandLine } from '../options/parse.ts';
import type { EarlyWorker } from '../supervisor/early-worker.ts';
import type { Launcher } from './background.ts';

/** What a daemon starts with. */
export interface Start {
  readonly line: Extract<CommandLine, { kind: 'run' }>;
  readonly words: readonly string[];
  readonly addon: Addon;
  /** Who waits for a start in the background. */
  readonly launcher: Launcher | undefined;
  readonly onSignal: (handler: OnSignal) => void;
  /** A vrrp worker that starts already. */
  readonly worker: EarlyWorker | undefined;
}
