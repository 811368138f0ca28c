import type { FromHealthcheck, SavedPools, ToHealthcheck } from '@holdfast/healthcheck';
import { healthcheckSupervisor } from '../../src/supervisor/healthcheck-supervisor.ts';
import type { WorkerEnd, WorkerListener } from '../../src/supervisor/worker-process.ts';
import { handClock } from './hand-clock.ts';

interface FakeWorker {
  readonly received: ToHealthcheck[];
  killed: boolean;
  /** Answers by itself. */
  lively: boolean;
  /** It reads what it is sent. */
  reachable: boolean;
  say(message: FromHealthcheck): void;
  end(end: Partial<WorkerEnd>): void;
}

/** A machine with a clock that stands still until told otherwise; its workers are lively and say `ready` when told to. */
export function fakeMachine({
  respawn = true,
  inherited,
}: {
  readonly respawn?: boolean;
  readonly inherited?: SavedPools;
} = {}) {
  const { now, later, pass } = handClock();
  const workers: FakeWorker[] = [];
  const seen = {
    log: [] as string[],
    facts: [] as string[],
    inCharge: [] as number[],
    gone: [] as number[],
    fatal: [] as number[],
  };
  const answer = (worker: FakeWorker, message: ToHealthcheck): void => {
    if (!worker.lively) return;
    if (message.kind === 'ping') worker.say({ kind: 'pong', sequence: message.sequence });
    if (message.kind === 'configure') worker.say({ kind: 'configured', reason: message.reason });
    if (message.kind === 'change') worker.say({ kind: 'configured', reason: 'reload' });
    if (message.kind === 'stop') worker.end({ status: 0 });
  };
  const fork = (listener: WorkerListener<FromHealthcheck>) => {
    const worker: FakeWorker = {
      received: [],
      killed: false,
      lively: true,
      reachable: true,
      say: (message) => listener.onMessage(message),
      end: (end) => listener.onEnded({ status: undefined, signal: undefined, ...end }),
    };
    workers.push(worker);
    return {
      pid: 999 + workers.length,
      send: (message: ToHealthcheck) => {
        if (!worker.reachable) return false;
        worker.received.push(message);
        answer(worker, message);
        return true;
      },
      kill: () => {
        worker.killed = true;
        worker.end({ signal: 'SIGKILL' });
      },
    };
  };
  const supervisor = healthcheckSupervisor(
    { worker: { dontReleaseIpvs: true, logDetail: false }, respawn, inherited },
    {
      fork,
      now,
      later,
      log: (record) => void seen.log.push(record.text),
      together: (run) => run(),
      fromWorker: (pid, fact) => void seen.facts.push(`${fact.kind} of ${pid}`),
      dumped: () => undefined,
      workerError: () => undefined,
      inCharge: (pid) => void seen.inCharge.push(pid),
      wishes: () => ({}),
      gone: (pid) => void seen.gone.push(pid),
      fatal: (status) => void seen.fatal.push(status),
    },
  );
  const worker = (n: number): FakeWorker => {
    const found = workers[n];
    if (found === undefined) throw new TypeError(`there is no worker ${n}`);
    return found;
  };
  return { supervisor, workers, worker, seen, pass };
}
