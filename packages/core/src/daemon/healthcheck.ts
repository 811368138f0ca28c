import { fileURLToPath } from 'node:url';
import type { HealthFact, SavedPools } from '@holdfast/healthcheck';
import type { Micros } from '@holdfast/kit';
import type { Desk } from '../control/desk.ts';
import type { Logger } from '../log/logger.ts';
import type { Options } from '../options/parse.ts';
import { cleanEnvironment } from '../scripts/invocation.ts';
import type { ScriptRunner } from '../scripts/script-runner.ts';
import { fromHealthcheck } from '../supervisor/from-healthcheck.ts';
import { type HealthcheckSupervisor, healthcheckSupervisor } from '../supervisor/healthcheck-supervisor.ts';
import { workerForker } from '../supervisor/worker-process.ts';
import { type CheckScripts, checkScripts } from './check-scripts.ts';
import { daemonMessages as say } from './messages.ts';

/** What the healthcheck worker's affairs need of the daemon. */
export interface HealthcheckNeeds {
  readonly options: Options;
  readonly logger: Logger;
  readonly scripts: ScriptRunner;
  readonly now: () => Micros;
  readonly later: (delay: Micros, run: () => void) => () => void;
  readonly inCharge: (pid: number) => void;
  readonly dumped: (text: string) => void;
  readonly stopping: () => boolean;
  readonly inherited: SavedPools | undefined;
  readonly desk: Desk;
  /** @param lastError the last line that the worker wrote to its stderr */
  readonly fatal: (status: number, lastError: string) => void;
}

/** Joins the healthcheck worker to the log, the scripts and the daemon's end. */
export function superviseHealthcheck(needs: HealthcheckNeeds): HealthcheckSupervisor {
  const { options, logger } = needs;
  const scripts = checkScripts(needs.scripts);
  const bundle = fileURLToPath(new URL('./holdfast-healthcheck.mjs', import.meta.url));
  let lastError = '';
  const supervisor = healthcheckSupervisor(
    {
      worker: { dontReleaseIpvs: options.dontReleaseIpvs, logDetail: options.logDetail > 0 },
      respawn: options.respawn,
      inherited: needs.inherited,
    },
    {
      wishes: () => needs.desk.wishes,
      fork: workerForker(bundle, cleanEnvironment(process.env), fromHealthcheck),
      now: needs.now,
      later: needs.later,
      log: (record) => logger.log(record),
      fromWorker: (pid, fact) => onFact(needs, scripts, supervisor, pid, fact),
      together: (run) => logger.together(run),
      dumped: needs.dumped,
      workerError: (pid, text) => {
        lastError = text;
        logger.relay('healthcheck', pid, say.workerError(text));
      },
      inCharge: needs.inCharge,
      gone: (pid) => scripts.cancelAll(pid),
      fatal: (status) => needs.fatal(status, lastError),
    },
  );
  return supervisor;
}

function onFact(
  needs: HealthcheckNeeds,
  scripts: CheckScripts,
  supervisor: HealthcheckSupervisor,
  pid: number,
  fact: Exclude<HealthFact, { kind: 'saved' }>,
): void {
  switch (fact.kind) {
    case 'log':
      needs.logger.relay('healthcheck', pid, fact.record);
      break;
    case 'notify':
      needs.scripts.notify(fact, needs.stopping());
      break;
    case 'run-script': {
      const { run } = fact;
      scripts.run(pid, fact, (outcome) =>
        supervisor.scriptFinished(pid, { kind: 'script-finished', run, outcome }),
      );
      break;
    }
    case 'statistics':
      needs.desk.noteHealth(fact);
      break;
    case 'cancel-script':
      scripts.cancel(pid, fact.run);
      break;
    default:
      fact satisfies never;
  }
}
