import { fileURLToPath } from 'node:url';
import type { SavedInstance, VrrpFact } from '@holdfast/vrrp';
import type { Desk } from '../control/desk.ts';
import type { Logger } from '../log/logger.ts';
import type { Options } from '../options/parse.ts';
import { cleanEnvironment } from '../scripts/invocation.ts';
import type { ScriptRunner } from '../scripts/script-runner.ts';
import type { EarlyWorker } from '../supervisor/early-worker.ts';
import { fromVrrp } from '../supervisor/from-vrrp.ts';
import type { SupervisorPorts, VrrpSupervisor } from '../supervisor/vrrp-ports.ts';
import { vrrpSupervisor } from '../supervisor/vrrp-supervisor.ts';
import { workerForker } from '../supervisor/worker-process.ts';
import { daemonMessages as say } from './messages.ts';

/** What the vrrp worker's affairs need of the daemon. */
export interface VrrpNeeds
  extends Pick<SupervisorPorts, 'now' | 'later' | 'inCharge' | 'dumped' | 'held' | 'withdraw' | 'sweep'> {
  readonly options: Options;
  readonly logger: Logger;
  readonly scripts: ScriptRunner;
  readonly stopping: () => boolean;
  readonly inherited: readonly SavedInstance[];
  readonly early: EarlyWorker | undefined;
  readonly desk: Desk;
  /** @param lastError the last line that the worker wrote to its stderr */
  readonly fatal: (status: number, lastError: string) => void;
}

/** Joins the vrrp worker to the log, the scripts and the daemon's end. */
export function superviseVrrp(needs: VrrpNeeds): VrrpSupervisor {
  const { options, logger } = needs;
  let lastError = '';
  const bundle = fileURLToPath(new URL('./holdfast-vrrp.mjs', import.meta.url));
  const supervisor = vrrpSupervisor(
    {
      worker: {
        dontReleaseVrrp: options.dontReleaseVrrp,
        releaseVips: options.releaseVips,
        logDetail: options.logDetail > 0,
      },
      respawn: options.respawn,
      inherited: needs.inherited,
    },
    {
      ...needs,
      handedOver: () => needs.desk.handedOver,
      fork: workerForker(bundle, cleanEnvironment(process.env), fromVrrp, needs.early),
      log: (record) => logger.log(record),
      fromWorker: (pid, fact) => onFact(needs, supervisor, pid, fact),
      workerError: (pid, text) => {
        lastError = text;
        logger.relay('vrrp', pid, say.workerError(text));
      },
      fatal: (status) => needs.fatal(status, lastError),
    },
  );
  return supervisor;
}

function onFact(
  { logger, scripts, stopping, desk }: VrrpNeeds,
  supervisor: VrrpSupervisor,
  pid: number,
  fact: Exclude<VrrpFact, { kind: 'saved' | 'removed' }>,
): void {
  switch (fact.kind) {
    case 'log':
      logger.relay('vrrp', pid, fact.record);
      break;
    case 'notify':
      scripts.notify(fact, stopping());
      break;
    case 'run-script': {
      const { script, run } = fact;
      scripts.track(fact, (outcome) =>
        supervisor.scriptFinished(pid, { kind: 'script-finished', script, run, outcome }),
      );
      break;
    }
    case 'status':
    case 'transition':
    case 'statistics':
      desk.noteVrrp(fact);
      break;
    default:
      fact satisfies never;
  }
}
