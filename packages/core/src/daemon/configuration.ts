import type { Config } from '@holdfast/config';
import type { LogLevel } from '../log/record.ts';
import type { Vetted } from '../scripts/vet-config.ts';

/** A configuration that was read: what the daemon needs to know of it. */
export interface Reading {
  /** As it is to run: scripts that must not run are left out. */
  readonly config: Config;
  /** Of what was read: two readings of the same files, under the same options, have the same one. */
  readonly fingerprint: string;
  /** What is worth telling, one line each, in the order of the file. */
  readonly remarks: readonly { readonly level: LogLevel; readonly line: string; readonly report: string }[];
  /** Keywords that are accepted and do nothing yet. */
  readonly notInEffect: readonly string[];
  readonly scripts: Pick<Vetted, 'disabled' | 'tolerated'>;
  /** The exit status that `-t` gives for it. */
  readonly testStatus: number;
  /** Why the daemon cannot start with it: no file (6), a missing argument (2), nothing that can run (4). */
  readonly refusal: Refusal | undefined;
  /** Why a daemon that runs `previous` keeps it; empty: the reload is applied. */
  readonly againstReload: (previous: Config) => readonly string[];
}

export interface Refusal {
  readonly status: number;
  readonly line: string;
  /** Whether the reasons stand among the remarks too. */
  readonly isRemark: boolean;
}

/** Reads the configuration anew; asks the kernel which interfaces exist. Never throws for what a file contains. */
export type ReadConfiguration = () => Promise<Reading>;
