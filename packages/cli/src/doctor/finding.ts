import type { Severity } from '@holdfast/config';

/** Something that keeps the machine from working, or may do so one day. */
export interface Finding {
  /** Stable, in kebab-case. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, where, and what follows from it. */
  readonly message: string;
  /** A shell command that mends it, or that leads to what does; for root. */
  readonly command: string;
  /** What to know besides: where to run the command, or another way out. */
  readonly remedy?: string;
}
