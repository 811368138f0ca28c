import type { Micros } from '@holdfast/kit';
import type { CheckResult } from '../logic/types.ts';

/** A check that is under way. */
export interface RunningCheck {
  /** Ends it without a result; its socket is closed. Doing it twice, or after the end, is no fault. */
  cancel(): void;
}

/** Calls back once after a length of time, unless it is taken back. @returns takes it back */
export type After = (length: Micros, then: () => void) => () => void;

/** Told exactly once, unless the check was cancelled; never before the start has returned. */
export type Done = (result: CheckResult) => void;
