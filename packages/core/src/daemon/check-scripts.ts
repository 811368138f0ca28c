import type { HealthFact, ScriptOutcome } from '@holdfast/healthcheck';
import type { ScriptRunner } from '../scripts/script-runner.ts';

type RunFact = Extract<HealthFact, { kind: 'run-script' }>;

/** The programs of MISC_CHECKs that are under way, by the worker that asked and its number. */
export interface CheckScripts {
  run(pid: number, fact: RunFact, onFinished: (outcome: ScriptOutcome) => void): void;
  /** Ends a program whose outcome is not wanted any more; its outcome comes all the same. */
  cancel(pid: number, run: number): void;
  /** Ends all that a worker has asked for. */
  cancelAll(pid: number): void;
}

export function checkScripts(scripts: Pick<ScriptRunner, 'track'>): CheckScripts {
  const underWay = new Map<number, Map<number, () => void>>();
  return {
    run(pid, fact, onFinished) {
      const own = underWay.get(pid) ?? new Map<number, () => void>();
      underWay.set(pid, own);
      const end = scripts.track(fact, (outcome) => {
        own.delete(fact.run);
        onFinished(outcome);
      });
      own.set(fact.run, end);
    },
    cancel: (pid, run) => underWay.get(pid)?.get(run)?.(),
    cancelAll(pid) {
      for (const end of underWay.get(pid)?.values() ?? []) end();
      underWay.delete(pid);
    },
  };
}
