import type { HealthConfig } from '@holdfast/config';
import { fakeKernel, ipvsClient, type ServiceKey, service } from '@holdfast/ipvs-netlink';
import { seconds } from '@holdfast/kit';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Worker } from '../../src/system/worker-loop.ts';
import { realServer, tcpCheck, virtualServer } from '../logic/virtual-servers.ts';
import { bad, configure, FakeWorld, good, noHealth, settled } from '../support/fake-world.ts';

let world: FakeWorld;
let worker: Worker;
beforeEach(() => {
  world = new FakeWorld();
  worker = world.worker();
});

const started = async (...args: Parameters<typeof configure>): Promise<void> => {
  worker.receive(configure(...args));
  await settled();
};
const both = ['10.9.1.1:80=1', '10.9.1.2:80=1'];
/** Every check runs once and ends as told, for as long as is needed for a failure to count. */
const rounds = async (resultOf: Parameters<FakeWorld['finish']>[0], length = seconds(30)): Promise<void> => {
  for (let passed = 0; passed < length; passed += seconds(0.5)) {
    await world.pass(seconds(0.5));
    await world.finish(resultOf);
  }
};
const failing =
  (key: string): Parameters<FakeWorld['finish']>[0] =>
  (id) =>
    id === key ? bad() : good();
const first = '[10.9.1.1]:tcp:80';

describe('a kernel that is not as it should be', () => {
  test('without IPVS that is said once with the remedy, and it is tried again', async () => {
    world.hasIpvs = false;
    await started([virtualServer()]);
    await rounds(good, seconds(30));
    expect(world.sentences.filter((text) => text.includes('modprobe ip_vs'))).toHaveLength(1);
    expect(world.modules).toEqual(['ip_vs']);
    world.hasIpvs = true;
    await rounds(good, seconds(6));
    expect(world.servers()).toEqual(both);
  });

  test('a module that is only not loaded is loaded, and nothing is said', async () => {
    world.hasIpvs = false;
    world.hasModule = true;
    await started([virtualServer()]);
    expect([world.servers(), world.modules]).toEqual([both, ['ip_vs']]);
    expect(world.sentences.filter((text) => text.includes('IPVS'))).toEqual([]);
  });

  test('told to stop while it waits for modprobe, it ends', async () => {
    world.hasIpvs = false;
    world.answersModprobe = false;
    await started([virtualServer()]);
    worker.receive({ kind: 'stop' });
    await settled();
    expect(world.exitCode).toBe(0);
  });

  test('a scheduler that the kernel lacks is said once, with the remedy; other services stand', async () => {
    const other: ServiceKey = { kind: 'fwmark', family: 4, mark: 5 };
    await started([
      virtualServer({ key: 'FWM 5', services: [other] }),
      virtualServer({
        scheduler: 'nosuch',
        realServers: [realServer(1, { checkers: [tcpCheck({ retry: 0 })] }), realServer(2)],
      }),
    ]);
    for (let i = 0; i < 5; i++) {
      await rounds(failing(first), seconds(5));
      await rounds(good, seconds(5));
    }
    expect(world.sentences.filter((text) => text.startsWith('IPVS'))).toEqual([
      'IPVS: cannot add service tcp 10.9.0.100:80: the kernel has no scheduler nosuch (ENOENT); choose one of rr, wrr, lc, wlc, lblc, lblcr, dh, sh, mh, sed, nq, fo, ovf, twos',
    ]);
    expect(world.servers(other)).toEqual(both);
  });

  test('without the right to change it the same, however many services there are', async () => {
    world.kernel.setPrivileged(false);
    await started([
      virtualServer(),
      virtualServer({ key: 'FWM 5', services: [{ kind: 'fwmark', family: 4, mark: 5 }] }),
    ]);
    await rounds(good, seconds(20));
    expect(world.sentences.filter((text) => text.includes('EPERM'))).toHaveLength(1);
    world.kernel.setPrivileged(true);
    await rounds(good, seconds(7));
    expect(world.servers()).toEqual(both);
  });
});

describe('the table as a whole', () => {
  const foreign: ServiceKey = { kind: 'fwmark', family: 4, mark: 77 };
  const health = (rest: Partial<HealthConfig>) => ({ global: { health: { ...noHealth, ...rest } } });
  const daemons = async (): Promise<readonly string[]> => {
    const read = await ipvsClient(world.kernel.connect()).daemons();
    return read.ok ? read.value.map(({ role, syncId }) => `${role} ${syncId}`) : [];
  };
  beforeEach(async () => {
    const other = ipvsClient(world.kernel.connect());
    await other.perform([{ kind: 'add-service', service: service(foreign, 'rr') }]);
  });

  test('lvs_flush takes away at start what others have left, and never again', async () => {
    await started([virtualServer()], health({ flushAtStart: true }));
    expect([world.servers(foreign), world.servers()]).toEqual([undefined, both]);
    const other = ipvsClient(world.kernel.connect());
    await other.perform([{ kind: 'add-service', service: service(foreign, 'rr') }]);
    await started([virtualServer()], { reason: 'reload', ...health({ flushAtStart: true }) });
    await rounds(good, seconds(10));
    const saved = world.saved;
    worker = world.worker();
    await started([virtualServer()], { saved, ...health({ flushAtStart: true }) });
    expect(world.servers(foreign)).toEqual([]);
  });

  test.each([
    // lvs_flush_on_stop, -I: whether what is not ours stays
    [false, false, []],
    [true, false, undefined],
    [true, true, []],
  ])('at the stop, lvs_flush_on_stop %s, -I %s', async (flushAtStop, dontReleaseIpvs, left) => {
    await started([virtualServer()], { ...health({ flushAtStop }), options: { dontReleaseIpvs } });
    worker.receive({ kind: 'stop' });
    await settled();
    expect([world.servers(foreign), world.servers()]).toEqual([left, dontReleaseIpvs ? both : undefined]);
  });

  test('lvs_sync_daemon follows its instance and ends with us', async () => {
    world = new FakeWorld(fakeKernel({ interfaces: [{ name: 'eth0', up: true, mtu: 1500 }] }));
    worker = world.worker();
    const syncDaemon = { interface: 'eth0', instance: 'V1', syncId: 9 };
    await started([virtualServer()], health({ syncDaemon }));
    expect(await daemons()).toEqual(['backup 9']);
    worker.receive({ kind: 'sync-role', role: 'master' });
    await settled();
    expect(await daemons()).toEqual(['master 9']);
    worker.receive({ kind: 'stop' });
    await settled();
    expect(await daemons()).toEqual([]);
  });
});

describe('the process', () => {
  test('its name and its scheduling are what global_defs say, and only changes are carried out', async () => {
    const health = (rest: object) => ({ global: { health: { ...noHealth, ...rest } } });
    await started([virtualServer()]);
    expect([world.title, world.scheduling]).toEqual(['keepalived', []]);
    await started([virtualServer()], { reason: 'reload', ...health({ processName: 'checks', nice: -5 }) });
    await started([virtualServer()], { reason: 'reload', ...health({ realtimePriority: 50, nice: -5 }) });
    await started([virtualServer()], { reason: 'reload' });
    expect([world.title, world.scheduling]).toEqual([
      'keepalived',
      [{ nice: -5 }, { realtime: 50 }, { realtime: 0 }, { nice: 0 }],
    ]);
    world.mayBeScheduled = false;
    await started([virtualServer()], { reason: 'reload', ...health({ processName: 'x', nice: 3 }) });
    expect([world.title, world.sentences.at(-1)]).toEqual(['x', 'set SCHED_RR: EPERM']);
  });
});
