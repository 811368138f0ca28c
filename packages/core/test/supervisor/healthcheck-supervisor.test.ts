import { type HealthSlice, packServers, type SavedPool } from '@holdfast/healthcheck';
import { seconds } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { fakeMachine } from './health-machine.ts';
import { global, sliceOf } from './slice.ts';

const slice = { global, virtualServers: [] };
const packed = ({ virtualServers }: HealthSlice) => ({ global, virtualServers: packServers(virtualServers) });
const pool = (key: string, alive: boolean): SavedPool => ({
  key,
  quorum: 'up',
  servers: [{ key: 'RS', alive, checkers: [] }],
});

function running(options: Parameters<typeof fakeMachine>[0] = {}) {
  const machine = fakeMachine(options);
  void machine.supervisor.configure(slice, 'start');
  machine.worker(0).say({ kind: 'ready', pid: 1000 });
  return machine;
}

const noHealth = {
  processName: undefined,
  nice: undefined,
  realtimePriority: undefined,
  flushAtStart: false,
  flushAtStop: false,
  timeouts: undefined,
};

describe('a healthcheck worker', () => {
  test('is not there, and is asked for nothing, before something is configured', async () => {
    const machine = fakeMachine();
    machine.supervisor.dump();
    machine.pass(seconds(60));
    await machine.supervisor.stop(seconds(5));
    expect(machine.workers.length).toBe(0);
    expect(machine.supervisor.inUse).toBe(false);
  });

  test('is configured once it is ready, and obeys -I', async () => {
    const machine = fakeMachine();
    const configured = machine.supervisor.configure(slice, 'start');
    expect(machine.worker(0).received).toEqual([]);
    expect(machine.seen.inCharge, 'not to be aimed at yet').toEqual([]);
    machine.worker(0).say({ kind: 'ready', pid: 1000 });
    await configured;
    expect(machine.worker(0).received).toEqual([
      {
        kind: 'configure',
        reason: 'start',
        slice: packed(slice),
        options: { dontReleaseIpvs: true, logDetail: false },
        saved: undefined,
        wishes: {},
      },
    ]);
    expect(machine.seen.inCharge).toEqual([1000]);
    expect(machine.seen.log).toEqual(['Starting Healthcheck child process, pid=1000']);
  });

  test('is told after a planned restart all that the daemon before knew, and what the kernel has taken', () => {
    const configured = sliceOf({ 1: 80 });
    const keys = configured.virtualServers.map(({ key }) => key);
    const pools = keys.map((key) => pool(key, false));
    const inherited = { pools, written: [], settled: keys, unsettled: [] };
    const machine = fakeMachine({ inherited });
    void machine.supervisor.configure(configured, 'start');
    machine.worker(0).say({ kind: 'ready', pid: 1000 });
    expect(keys).toHaveLength(1);
    expect(machine.worker(0).received[0]).toMatchObject({ saved: inherited });
  });

  test('that is killed is replaced at once by one that is told all that was reported, the last word on each', () => {
    const machine = running();
    for (const news of [pool('A', true), pool('B', true), pool('A', false)])
      machine.worker(0).say({
        kind: 'turn',
        facts: [{ kind: 'saved', pools: { pools: [news], written: undefined, settled: [], unsettled: [] } }],
      });
    expect(machine.worker(0).received[0], 'the first start').toHaveProperty('saved', undefined);
    machine.worker(0).end({ signal: 'SIGKILL' });
    expect(machine.seen.gone).toEqual([1000]);
    machine.worker(1).say({ kind: 'ready', pid: 1001 });
    expect(machine.worker(1).received[0]).toMatchObject({
      reason: 'start',
      saved: { pools: [pool('A', false), pool('B', true)] },
    });
  });

  test.each([
    // another file meanwhile       what the successor may take for carried out
    ['no new file', { 5: 80, 6: 80 }, ['FWM 5', 'FWM 6']],
    ['another FWM 5', { 5: 81, 6: 80 }, ['FWM 6']],
    ['no FWM 5', { 6: 80 }, ['FWM 6']],
    ['nothing of it', { 7: 80 }, []],
  ] as const)('that dies with %s on its way has settled what it had said', (_what, reload, settled) => {
    const machine = fakeMachine();
    void machine.supervisor.configure(sliceOf({ 5: 80, 6: 80 }), 'start');
    machine.worker(0).say({ kind: 'ready', pid: 1000 });
    const said = { settled: ['FWM 5', 'FWM 6'], unsettled: [] };
    const facts = [{ kind: 'saved', pools: { pools: [], written: undefined, ...said } }] as const;
    machine.worker(0).say({ kind: 'turn', facts });
    void machine.supervisor.configure(sliceOf(reload), 'reload');
    machine.worker(0).end({ signal: 'SIGKILL' });
    machine.worker(1).say({ kind: 'ready', pid: 1001 });
    expect(machine.worker(1).received[0]).toHaveProperty('saved.settled', settled);
  });

  test('is told by a reload what has changed, and by the next one what has changed since', async () => {
    const machine = fakeMachine();
    const [first, second, third] = [
      sliceOf({ 5: 80, 6: 80 }),
      sliceOf({ 5: 80, 6: 81, 7: 80 }),
      sliceOf({ 7: 80 }),
    ];
    void machine.supervisor.configure(first, 'start');
    machine.worker(0).say({ kind: 'ready', pid: 1000 });
    await machine.supervisor.configure(second, 'reload');
    await machine.supervisor.configure(third, 'reload');
    const changed = second.virtualServers.slice(1);
    expect(machine.worker(0).received.slice(1)).toEqual([
      { kind: 'change', global, changed: packServers(changed), gone: [] },
      { kind: 'change', global, changed: packServers([]), gone: ['FWM 5', 'FWM 6'] },
    ]);
  });

  test('is told everything again after a reload that could not be sent', async () => {
    const machine = running();
    machine.worker(0).reachable = false;
    void machine.supervisor.configure(sliceOf({ 5: 80 }), 'reload');
    machine.worker(0).reachable = true;
    const last = sliceOf({ 5: 80, 6: 80 });
    await machine.supervisor.configure(last, 'reload');
    expect(machine.worker(0).received.slice(1)).toMatchObject([{ kind: 'configure', slice: packed(last) }]);
  });

  test.each(['start', 'reload'] as const)(
    'is told again within two seconds what could not be sent at a %s',
    async (reason) => {
      const machine = reason === 'start' ? fakeMachine() : running();
      const wanted = sliceOf({ 5: 80 });
      const start = reason === 'start' ? machine.supervisor.configure(wanted, reason) : undefined;
      machine.worker(0).reachable = false;
      if (reason === 'start') machine.worker(0).say({ kind: 'ready', pid: 1000 });
      const configured = start ?? machine.supervisor.configure(wanted, reason);
      machine.worker(0).reachable = true;
      machine.pass(seconds(2));
      await configured;
      const told = machine.worker(0).received.filter(({ kind }) => kind !== 'ping');
      expect(told.at(-1)).toMatchObject({ kind: 'configure', reason, slice: packed(wanted) });
      expect(told.length, 'once').toBe(reason === 'start' ? 1 : 2);
    },
  );

  test('what it says to be settled before it has read a new file is the old one', () => {
    const machine = running();
    machine.worker(0).lively = false;
    void machine.supervisor.configure(sliceOf({ 7: 80 }), 'reload');
    const facts = [
      { kind: 'saved', pools: { pools: [], written: undefined, settled: ['FWM 7', 'A'], unsettled: [] } },
    ] as const;
    machine.worker(0).say({ kind: 'turn', facts });
    machine.worker(0).end({ signal: 'SIGKILL' });
    machine.worker(1).say({ kind: 'ready', pid: 1001 });
    expect(machine.worker(1).received[0]).toHaveProperty('saved.settled', ['A']);
  });

  test('is told the role of the instance that lvs_sync_daemon names, once per change, its successor too', () => {
    const syncDaemon = { interface: 'eth0', instance: 'V1', syncId: 9 };
    const health = { ...noHealth, syncDaemon };
    const machine = fakeMachine();
    machine.supervisor.follow(['V0']);
    void machine.supervisor.configure({ ...slice, global: { ...slice.global, health } }, 'start');
    const roles = (n: number): readonly string[] =>
      machine.worker(n).received.flatMap((message) => (message.kind === 'sync-role' ? message.role : []));
    machine.worker(0).say({ kind: 'ready', pid: 1000 });
    expect(roles(0)).toEqual([]);
    for (const masters of [['V0', 'V1'], ['V1'], ['V0'], []]) machine.supervisor.follow(masters);
    expect(roles(0)).toEqual(['master', 'backup']);
    machine.supervisor.follow(['V1']);
    machine.worker(0).end({ signal: 'SIGKILL' });
    machine.worker(1).say({ kind: 'ready', pid: 1001 });
    expect(machine.worker(1).received.map(({ kind }) => kind)).toEqual(['configure', 'sync-role']);
    expect(roles(1)).toEqual(['master']);
  });

  test('that dies again and again is replaced ever later, and at once with a reload', () => {
    const machine = running();
    machine.worker(0).end({ signal: 'SIGSEGV' });
    machine.worker(1).end({ signal: 'SIGSEGV' });
    machine.pass(seconds(0.9));
    expect(machine.workers.length).toBe(2);
    machine.pass(seconds(0.1));
    machine.worker(2).end({ signal: 'SIGSEGV' });
    expect(machine.supervisor.inUse).toBe(true);
    void machine.supervisor.configure(slice, 'reload');
    expect(machine.workers.length).toBe(4);
    machine.pass(seconds(10));
    expect(machine.workers.length).toBe(4);
  });

  test('that dies over a reload holds it up no longer', async () => {
    const machine = running();
    machine.worker(0).lively = false;
    const reloaded = machine.supervisor.configure(slice, 'reload');
    machine.worker(0).end({ signal: 'SIGSEGV' });
    await reloaded;
    machine.worker(1).say({ kind: 'ready', pid: 1001 });
    expect(machine.worker(1).received).toMatchObject([{ kind: 'configure', reason: 'start' }]);
  });

  test.each([
    ['running', 5, false],
    ['configuring', 30, true],
  ] as const)('that hangs while %s is killed after %d s and replaced', (_what, limit, reload) => {
    const machine = running();
    machine.pass(seconds(10));
    machine.worker(0).lively = false;
    if (reload) void machine.supervisor.configure(slice, 'reload');
    machine.pass(seconds(limit - 1));
    expect(machine.worker(0).killed).toBe(false);
    machine.pass(seconds(2));
    expect(machine.worker(0).killed).toBe(true);
    expect(machine.workers.length).toBe(2);
  });

  test.each([1, 2, 4])('that exits with %i is not replaced: the daemon ends with that status', (status) => {
    const machine = running();
    machine.worker(0).end({ status });
    machine.pass(seconds(100));
    expect(machine.seen.fatal).toEqual([status]);
    expect(machine.workers.length).toBe(1);
  });

  test('is not replaced with -R', () => {
    const machine = running({ respawn: false });
    machine.worker(0).end({ signal: 'SIGKILL' });
    expect(machine.seen.fatal).toEqual([0]);
    expect(machine.workers.length).toBe(1);
  });

  test.each([
    ['and we are told to stop too: it has no successor', true, 1],
    ['without reason is replaced', false, 2],
  ] as const)('that ends in order %s', async (_what, stops, workers) => {
    const machine = running();
    machine.worker(0).end({ status: 0 });
    machine.pass(seconds(0.05));
    if (stops) await machine.supervisor.stop(seconds(5));
    machine.pass(seconds(10));
    expect(machine.workers.length).toBe(workers);
  });

  test('is answered only as long as it is in charge', () => {
    const machine = running();
    const outcome = { kind: 'exited', status: 0 } as const;
    machine.worker(0).end({ signal: 'SIGKILL' });
    machine.worker(1).say({ kind: 'ready', pid: 1001 });
    for (const [pid, run] of [
      [1000, 7],
      [1001, 8],
    ] as const)
      machine.supervisor.scriptFinished(pid, { kind: 'script-finished', run, outcome });
    const answers = machine.worker(1).received.filter(({ kind }) => kind === 'script-finished');
    expect(answers).toEqual([{ kind: 'script-finished', run: 8, outcome }]);
    expect(machine.worker(0).received.some(({ kind }) => kind === 'script-finished')).toBe(false);
  });
});

describe('a stop', () => {
  test('is told to the worker, which ends', async () => {
    const machine = running();
    await machine.supervisor.stop(seconds(5));
    expect(machine.worker(0).received.at(-1)).toEqual({ kind: 'stop' });
    expect(machine.worker(0).killed).toBe(false);
  });

  test.each([
    ['answers no more is killed after 5 s', false, 5],
    ['is still busy with a long table is killed after half a minute', true, 29],
  ] as const)('of a worker that %s', async (_what, answers, limit) => {
    const machine = running();
    machine.pass(seconds(10));
    const [worker, stopped] = [machine.worker(0), { done: false }];
    worker.lively = false;
    const stop = machine.supervisor.stop(seconds(5)).then(() => {
      stopped.done = true;
    });
    for (let second = 0; second < limit; second++) {
      machine.pass(seconds(1));
      if (answers) worker.say({ kind: 'pong', sequence: 0 });
    }
    expect(worker.killed).toBe(false);
    machine.pass(seconds(2));
    expect(worker.killed).toBe(true);
    await stop;
    expect(machine.workers.length).toBe(1);
  });
});
