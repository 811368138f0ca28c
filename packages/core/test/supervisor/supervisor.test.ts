import { type Micros, micros, seconds } from '@holdfast/kit';
import type { FromVrrp, SavedInstance, ToVrrp, VrrpSlice } from '@holdfast/vrrp';
import { describe, expect, test } from 'vitest';
import { vrrpSupervisor } from '../../src/supervisor/vrrp-supervisor.ts';
import type { WorkerEnd, WorkerListener } from '../../src/supervisor/worker-process.ts';
import { handClock } from './hand-clock.ts';
import { sliceWith } from './slice.ts';

interface FakeWorker {
  readonly pid: number;
  readonly listener: WorkerListener;
  readonly received: ToVrrp[];
  killed: boolean;
  /** Answers pings and configurations by itself. */
  lively: boolean;
  readonly isUrgent: boolean;
  say(message: FromVrrp): void;
  end(end?: Partial<WorkerEnd>): void;
}

/** A machine with a clock that stands still until told otherwise. */
function fakeMachine(options: { respawn?: boolean; dontReleaseVrrp?: boolean } = {}) {
  const { now, later, pass, stall } = handClock();
  const workers: FakeWorker[] = [];
  const seen = {
    log: [] as string[],
    withdrawn: [] as string[],
    held: [] as string[],
    swept: [] as string[],
    inCharge: [] as number[],
    fatal: [] as number[],
  };

  const answer = (worker: FakeWorker, message: ToVrrp): void => {
    if (!worker.lively) return;
    if (message.kind === 'ping') worker.say({ kind: 'pong', sequence: message.sequence });
    if (message.kind === 'configure') worker.say({ kind: 'configured', reason: message.reason });
    if (message.kind === 'stop') worker.end({ status: 0 });
  };
  const supervisor = vrrpSupervisor(
    {
      worker: { dontReleaseVrrp: options.dontReleaseVrrp ?? false, releaseVips: false, logDetail: false },
      respawn: options.respawn ?? true,
    },
    {
      now,
      later,
      fork: (listener, { isUrgent = false } = {}) => {
        const worker: FakeWorker = {
          isUrgent,
          pid: 1000 + workers.length,
          listener,
          received: [],
          killed: false,
          lively: true,
          say: (message) => listener.onMessage(message),
          end: (end = {}) => listener.onEnded({ status: undefined, signal: undefined, ...end }),
        };
        workers.push(worker);
        return {
          pid: worker.pid,
          send: (message) => {
            worker.received.push(message);
            answer(worker, message);
            return true;
          },
          kill: () => {
            worker.killed = true;
            worker.end({ signal: 'SIGKILL' });
          },
        };
      },
      log: (record) => void seen.log.push(record.id),
      fromWorker: () => undefined,
      dumped: () => undefined,
      handedOver: () => ['V1'],
      workerError: () => undefined,
      inCharge: (pid) => void seen.inCharge.push(pid),
      held: (masters) => void seen.held.push(masters.map(({ name }) => name).join(' ')),
      sweep: (instances) => {
        seen.swept.push(...instances.map(({ name }) => `${name} at ${now() / 1e6}`));
        return Promise.resolve();
      },
      withdraw: (instances) => {
        seen.withdrawn.push(...instances.map(({ name }) => `${name} at ${now() / 1e6}`));
        return Promise.resolve();
      },
      fatal: (status) => void seen.fatal.push(status),
    },
  );
  const worker = (n: number): FakeWorker => {
    const found = workers[n];
    if (found === undefined) throw new TypeError(`there is no worker ${n}`);
    return found;
  };
  return { supervisor, workers, worker, seen, pass, stall, now };
}

const master = (machine: { now: () => Micros }, name = 'V1'): FromVrrp => {
  const instance: SavedInstance = {
    name,
    phase: 'master',
    lastAdvertAt: machine.now(),
    masterAdvertInterval: seconds(1),
    masterDownInterval: seconds(3),
    addresses: [],
    scripts: [],
  };
  return { kind: 'turn', facts: [{ kind: 'saved', instance }] };
};

/** A machine whose worker 0 runs and is master since 100 s. */
function runningMaster(
  options: Parameters<typeof fakeMachine>[0] = {},
  slice: VrrpSlice = sliceWith(seconds(1)),
) {
  const machine = fakeMachine(options);
  void machine.supervisor.configure(slice, 'start');
  machine.worker(0).say({ kind: 'ready', pid: 1000 });
  machine.worker(0).say(master(machine));
  return machine;
}

describe('a worker', () => {
  test('is configured once it is ready, and the configuration is acknowledged', async () => {
    const machine = fakeMachine();
    const configured = machine.supervisor.configure(sliceWith(seconds(1)), 'start');
    expect(machine.worker(0).received).toEqual([]);
    expect(machine.seen.inCharge, 'not to be aimed at yet').toEqual([]);
    machine.worker(0).say({ kind: 'ready', pid: 1000 });
    await configured;
    expect(machine.worker(0).received).toMatchObject([
      { kind: 'configure', reason: 'start', saved: [], handedOver: ['V1'] },
    ]);
    expect(machine.seen.inCharge).toEqual([1000]);
  });

  test('that is killed is replaced at once by one that knows where it stood; nothing is withdrawn', () => {
    const machine = runningMaster();
    machine.pass(seconds(0.4));
    machine.worker(0).end({ signal: 'SIGKILL' });
    machine.worker(1).say({ kind: 'ready', pid: 1001 });
    expect(machine.worker(1).received[0]).toMatchObject({
      kind: 'configure',
      reason: 'start',
      saved: [{ name: 'V1', phase: 'master', lastAdvertAt: seconds(100) }],
    });
    machine.pass(seconds(20));
    expect(machine.seen.withdrawn).toEqual([]);
    expect(machine.seen.inCharge).toEqual([1000, 1001]);
    expect(machine.workers.map(({ isUrgent }) => isUrgent)).toEqual([false, true]);
  });

  test('that is killed and has no successor in time: the addresses go after half the master down interval', async () => {
    const machine = runningMaster();
    machine.pass(seconds(0.4));
    machine.worker(0).end({ signal: 'SIGKILL' });
    machine.pass(seconds(1.099));
    expect(machine.seen.withdrawn).toEqual([]);
    machine.pass(seconds(0.001));
    expect(machine.seen.withdrawn).toEqual(['V1 at 101.5']);
    await Promise.resolve();
    machine.worker(1).say({ kind: 'ready', pid: 1001 });
    expect(machine.worker(1).received.find(({ kind }) => kind === 'configure')).toMatchObject({
      saved: [{ name: 'V1', phase: 'backup' }],
    });
  });

  test('that was silent for too long when it dies: the addresses go at once, and only then a successor begins', async () => {
    const machine = runningMaster();
    machine.stall(seconds(5));
    machine.worker(0).end({ signal: 'SIGKILL' });
    expect(machine.seen.withdrawn).toEqual(['V1 at 105']);
    machine.worker(1).say({ kind: 'ready', pid: 1001 });
    expect(machine.worker(1).received).toEqual([]);
    await Promise.resolve();
    expect(machine.worker(1).received).toMatchObject([{ kind: 'configure', saved: [{ phase: 'backup' }] }]);
  });

  test.each([
    ['and has resumed: nothing is withdrawn', true, []],
    ['and hangs: the addresses go all the same, before a backup takes over', false, ['V1 at 101.875']],
  ] as const)(
    'whose successor is at work when half the master down interval ends %s',
    (_what, resumes, withdrawn) => {
      const machine = runningMaster();
      machine.pass(seconds(1.4));
      machine.worker(0).end({ signal: 'SIGKILL' });
      machine.worker(1).lively = false;
      machine.worker(1).say({ kind: 'ready', pid: 1001 });
      machine.pass(seconds(0.15));
      expect(machine.seen.withdrawn).toEqual([]);
      if (resumes) machine.worker(1).say({ kind: 'configured', reason: 'start' });
      machine.pass(seconds(0.4));
      expect(machine.seen.withdrawn).toEqual(withdrawn);
    },
  );

  test('that died before it could report what it holds, and has no successor at once: its addresses are looked for', () => {
    const machine = fakeMachine();
    void machine.supervisor.configure(sliceWith(seconds(1)), 'start');
    machine.worker(0).say({ kind: 'ready', pid: 1000 });
    machine.worker(0).end({ signal: 'SIGKILL' });
    expect(machine.seen.swept, 'the successor looks itself').toEqual([]);
    machine.worker(1).end({ signal: 'SIGKILL' });
    expect(machine.seen.swept).toEqual(['V1 at 100']);
  });

  test('tells what is held only when it changes: not at every advert, but when it is withdrawn', () => {
    const machine = runningMaster();
    machine.pass(seconds(1));
    machine.worker(0).say(master(machine));
    machine.worker(0).say(master(machine, 'V2'));
    machine.worker(0).say({ kind: 'turn', facts: [{ kind: 'removed', instance: 'V2' }] });
    machine.worker(0).end({ signal: 'SIGKILL' });
    machine.pass(seconds(3));
    expect(machine.seen.held).toEqual(['V1', 'V1 V2', 'V1', '']);
  });

  test('that dies again and again is replaced ever later, each death withdrawing nothing twice', () => {
    const machine = runningMaster();
    for (const [n, wait] of [0, 1, 2, 4].entries()) {
      machine.worker(n).end({ signal: 'SIGSEGV' });
      if (wait > 0) {
        machine.pass(micros(wait * 1e6 - 1));
        expect(machine.workers.length).toBe(n + 1);
        machine.pass(micros(1));
      }
      expect(machine.workers.length).toBe(n + 2);
    }
    expect(machine.seen.withdrawn).toEqual(['V1 at 101.5']);
  });

  test('that is to come after a delay comes at once with a reload', () => {
    const machine = runningMaster();
    machine.worker(0).end({ signal: 'SIGSEGV' });
    machine.worker(1).end({ signal: 'SIGSEGV' });
    expect(machine.workers.length).toBe(2);
    void machine.supervisor.configure(sliceWith(seconds(2)), 'reload');
    expect(machine.workers.length).toBe(3);
    machine.pass(seconds(5));
    expect(machine.workers.length).toBe(3);
  });

  test('that hangs is killed after half the master down interval and replaced', () => {
    const machine = runningMaster();
    machine.pass(seconds(10));
    expect(machine.workers.length).toBe(1);
    machine.worker(0).lively = false;
    machine.pass(seconds(2.3));
    expect(machine.worker(0).killed).toBe(true);
    expect(machine.seen.log).toContain('worker-stuck');
    machine.worker(1).say({ kind: 'ready', pid: 1001 });
    expect(machine.seen.inCharge).toEqual([1000, 1001]);
  });

  test('is not blamed for a stall of our own', () => {
    const machine = runningMaster();
    machine.pass(seconds(5));
    machine.worker(0).lively = false;
    machine.stall(seconds(6));
    machine.pass(seconds(0.1));
    machine.worker(0).lively = true;
    machine.pass(seconds(5));
    expect(machine.worker(0).killed).toBe(false);
  });

  test.each([1, 2, 4])('that exits with %i is not replaced: the daemon ends with that status', (status) => {
    const machine = runningMaster();
    machine.worker(0).end({ status });
    expect(machine.seen.fatal).toEqual([status]);
    machine.pass(seconds(100));
    expect(machine.workers.length).toBe(1);
  });

  test('is not replaced with -R', () => {
    const machine = runningMaster({ respawn: false });
    machine.worker(0).end({ signal: 'SIGKILL' });
    expect(machine.seen.fatal).toEqual([0]);
    expect(machine.workers.length).toBe(1);
  });

  test('that ends in order just before we are told to stop has no successor', async () => {
    const machine = runningMaster();
    machine.worker(0).end({ status: 0 });
    machine.pass(seconds(0.05));
    await machine.supervisor.stop(seconds(5));
    machine.pass(seconds(10));
    expect(machine.workers.length).toBe(1);
  });

  test('that ends in order without reason is replaced', () => {
    const machine = runningMaster();
    machine.worker(0).end({ status: 0 });
    machine.pass(seconds(0.2));
    expect(machine.workers.length).toBe(2);
  });
});

describe('a stop', () => {
  test('is told to the worker, which ends; there is nothing left to withdraw', async () => {
    const machine = runningMaster();
    machine.worker(0).say({ kind: 'turn', facts: [{ kind: 'removed', instance: 'V1' }] });
    await machine.supervisor.stop(seconds(5));
    expect(machine.worker(0).received.at(-1)).toEqual({ kind: 'stop' });
    expect(machine.seen.withdrawn).toEqual([]);
  });

  test.each([
    [false, ['V1 at 105']],
    [true, []],
  ] as const)(
    'that a worker ignores ends it after the patience; -V %s withdraws %o',
    async (dontReleaseVrrp, withdrawn) => {
      const machine = runningMaster({ dontReleaseVrrp });
      machine.worker(0).lively = false;
      const stopped = machine.supervisor.stop(seconds(5));
      machine.pass(seconds(5));
      await stopped;
      expect(machine.worker(0).killed).toBe(true);
      expect(machine.seen.withdrawn).toEqual(withdrawn);
    },
  );
});

describe('a spare', () => {
  test('stands ready where a backup would take over within a second, and takes charge without a fork', () => {
    const machine = runningMaster({}, sliceWith(seconds(0.1)));
    expect(machine.workers.length).toBe(2);
    machine.worker(1).say({ kind: 'ready', pid: 1001 });
    machine.worker(0).end({ signal: 'SIGKILL' });
    expect(machine.worker(1).received[0]).toMatchObject({ kind: 'configure', saved: [{ name: 'V1' }] });
    expect(machine.seen.inCharge).toEqual([1000, 1001]);
    expect(
      machine.workers.map(({ isUrgent }) => isUrgent),
      'spares are not',
    ).toEqual([false, false, false]);
  });

  test('takes charge at once however often workers die; the next spare waits instead', () => {
    const machine = runningMaster({}, sliceWith(seconds(0.1)));
    machine.worker(1).say({ kind: 'ready', pid: 1001 });
    machine.worker(0).end({ signal: 'SIGKILL' });
    machine.worker(2).say({ kind: 'ready', pid: 1002 });
    machine.worker(1).end({ signal: 'SIGKILL' });
    expect(machine.worker(2).received[0]).toMatchObject({ kind: 'configure' });
    machine.pass(seconds(0.9));
    expect(machine.workers.length).toBe(3);
    machine.pass(seconds(0.1));
    expect(machine.workers.length).toBe(4);
  });

  test('is not kept where there is time enough', () => {
    expect(runningMaster({}, sliceWith(seconds(1))).workers.length).toBe(1);
  });

  test('goes when a reload makes the intervals long', async () => {
    const machine = runningMaster({}, sliceWith(seconds(0.1)));
    await machine.supervisor.configure(sliceWith(seconds(1)), 'reload');
    expect(machine.worker(1).killed).toBe(true);
    machine.pass(seconds(10));
    expect(machine.workers.length).toBe(2);
  });
});

test('script results reach only the worker that asked', () => {
  const machine = runningMaster();
  const finished = {
    kind: 'script-finished',
    script: 'chk',
    run: 1,
    outcome: { kind: 'exited', status: 0 },
  } as const;
  machine.worker(0).end({ signal: 'SIGKILL' });
  machine.worker(1).say({ kind: 'ready', pid: 1001 });
  machine.supervisor.scriptFinished(1000, finished);
  expect(machine.worker(1).received).not.toContainEqual(finished);
  machine.supervisor.scriptFinished(1001, finished);
  expect(machine.worker(1).received).toContainEqual(finished);
});
