import type { ScriptCommand } from '@holdfast/config';
import type { Micros } from '@holdfast/kit';
import { miscResult } from '../checkers/misc-check.ts';
import type { Done } from '../checkers/types.ts';
import type { ScriptOutcome, ToHealthcheck } from '../ipc.ts';
import type { Outbox } from './outbox.ts';
import type { CheckEffect } from './ports.ts';

/** The programs of MISC_CHECKs that core runs for us. */
export interface ScriptRuns {
  begin(id: string, effect: CheckEffect, done: Done): void;
  /** A program that is not the check of a server: tried once, whatever its outcome. */
  once(command: ScriptCommand, timeout: Micros): Promise<ScriptOutcome>;
  cancel(id: string): void;
  /** Nothing is waited for any more. */
  cancelAll(): void;
  finished(message: Extract<ToHealthcheck, { kind: 'script-finished' }>): void;
}

interface Run {
  readonly id: string;
  readonly dynamic: boolean;
  readonly done: Done;
}

export function scriptRuns(outbox: Outbox): ScriptRuns {
  const runs = new Map<number, Run>();
  const numbers = new Map<string, number>();
  const singles = new Map<number, (outcome: ScriptOutcome) => void>();
  let last = 0;

  const forget = (run: number, id: string): void => {
    runs.delete(run);
    if (numbers.get(id) === run) numbers.delete(id);
  };
  const cancel = (id: string): void => {
    const run = numbers.get(id);
    if (run === undefined) return;
    forget(run, id);
    outbox.fact({ kind: 'cancel-script', run });
  };
  return {
    begin(id, { what }, done) {
      if (what.kind !== 'MISC_CHECK') return;
      const run = ++last;
      runs.set(run, { id, dynamic: what.dynamic, done });
      numbers.set(id, run);
      outbox.fact({ kind: 'run-script', run, command: what.command, timeout: what.timeout });
    },
    cancel,
    cancelAll() {
      for (const id of [...numbers.keys()]) cancel(id);
      for (const done of singles.values()) done({ kind: 'not-started', reason: 'the daemon stops' });
      singles.clear();
    },
    once(command, timeout) {
      const run = ++last;
      outbox.fact({ kind: 'run-script', run, command, timeout });
      outbox.flush();
      return new Promise((resolve) => void singles.set(run, resolve));
    },
    finished({ run, outcome }) {
      singles.get(run)?.(outcome);
      singles.delete(run);
      const known = runs.get(run);
      // The outcome of a check that was cancelled meanwhile.
      if (known === undefined) return;
      forget(run, known.id);
      known.done(miscResult(outcome, known.dynamic));
    },
  };
}
