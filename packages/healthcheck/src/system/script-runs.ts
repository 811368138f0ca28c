import { miscResult } from '../checkers/misc-check.ts';
import type { Done } from '../checkers/types.ts';
import type { ToHealthcheck } from '../ipc.ts';
import type { Outbox } from './outbox.ts';
import type { CheckEffect } from './ports.ts';

/** The programs of MISC_CHECKs that core runs for us. */
export interface ScriptRuns {
  begin(id: string, effect: CheckEffect, done: Done): void;
  cancel(id: string): void;
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
    },
    finished({ run, outcome }) {
      const known = runs.get(run);
      // The outcome of a check that was cancelled meanwhile.
      if (known === undefined) return;
      forget(run, known.id);
      known.done(miscResult(outcome, known.dynamic));
    },
  };
}
