import type { HealthConfig, SyncDaemonConfig } from '@holdfast/config';
import { fakeKernel, type Ipvs, ipvsClient, type Timeouts } from '@holdfast/ipvs-netlink';
import { ok, type Result } from '@holdfast/kit';
import { beforeEach, describe, expect, test } from 'vitest';
import { type WholeTable, wholeTable } from '../../src/system/whole-table.ts';

const health = (rest: Partial<HealthConfig>): HealthConfig => ({
  processName: undefined,
  nice: undefined,
  realtimePriority: undefined,
  flushAtStart: false,
  flushAtStop: false,
  timeouts: undefined,
  syncDaemon: undefined,
  ...rest,
});
const synced = (rest: Partial<SyncDaemonConfig> = {}): HealthConfig =>
  health({ syncDaemon: { interface: 'eth0', ...rest } });

let other: Ipvs;
let whole: WholeTable;
let said: string[];
let opened: number;
let open: () => Promise<Result<Ipvs, never>>;
beforeEach(() => {
  const kernel = fakeKernel({ interfaces: [{ name: 'eth0', up: true, mtu: 1500 }] });
  other = ipvsClient(kernel.connect());
  said = [];
  opened = 0;
  open = async () => {
    opened++;
    return ok(ipvsClient(kernel.connect()));
  };
  whole = wholeTable(open, ({ text }) => said.push(text));
});

const become = async (wanted: HealthConfig | undefined): Promise<void> => {
  whole.configure(wanted);
  await whole.settle();
};
const timeouts = async (): Promise<readonly number[]> => {
  const read = await other.timeouts();
  return read.ok ? [read.value.tcp, read.value.tcpFin, read.value.udp] : [];
};
const daemons = async (): Promise<readonly string[]> => {
  const read = await other.daemons();
  return read.ok
    ? read.value.map((one) => `${one.role} ${one.interface} ${one.syncId} ${one.ttl}`).toSorted()
    : [];
};

test('with nothing to do the kernel is not asked for anything', async () => {
  await become(undefined);
  await become(health({}));
  await whole.release();
  expect(opened).toBe(0);
});

describe('lvs_timeouts', () => {
  test('are set, and what was there before comes back with their end', async () => {
    const before = await timeouts();
    await become(health({ timeouts: { tcp: 777, udp: 33 } }));
    expect(await timeouts()).toEqual([777, before[1], 33]);
    await become(health({ timeouts: { tcpFin: 44 } }));
    expect(await timeouts()).toEqual([before[0], 44, before[2]]);
    await become(health({}));
    expect(await timeouts()).toEqual(before);
  });

  test('outlast a worker: its successor gives back what was there before both', async () => {
    const before = await timeouts();
    const told: Timeouts[] = [];
    const first = wholeTable(
      open,
      () => undefined,
      (timeoutsBefore) => told.push(timeoutsBefore),
    );
    first.configure(health({ timeouts: { tcp: 777 } }));
    await first.settle();
    expect(told.map(({ tcp }) => tcp)).toEqual([before[0]]);
    for (const timeoutsBefore of told) whole.resume(timeoutsBefore);
    await become(health({ timeouts: { tcp: 777 } }));
    await whole.release();
    expect(await timeouts()).toEqual(before);
  });

  test.each([
    ['wants none', async () => become(health({}))],
    ['ends before it has come to them', async () => whole.release()],
  ])('of a predecessor are given back by a successor that %s', async (_what, go) => {
    const before = await other.timeouts();
    if (!before.ok) throw new TypeError('the kernel tells no timeouts');
    await other.setTimeouts({ ...before.value, tcp: 777 });
    whole.resume(before.value);
    await go();
    expect(await other.timeouts()).toEqual(before);
  });

  test('once given back, what somebody else sets counts as what was there before', async () => {
    await become(health({ timeouts: { tcp: 777 } }));
    await become(health({}));
    await other.setTimeouts({ tcp: 11, tcpFin: 12, udp: 13 });
    await become(health({ timeouts: { udp: 33 } }));
    expect(await timeouts()).toEqual([11, 12, 33]);
    await whole.release();
    expect(await timeouts()).toEqual([11, 12, 13]);
  });

  test('go at the stop', async () => {
    const before = await timeouts();
    await become(health({ timeouts: { tcp: 777 } }));
    await whole.release();
    expect(await timeouts()).toEqual(before);
  });
});

describe('lvs_sync_daemon', () => {
  test('runs in both roles without an instance, and ends with us', async () => {
    await become(synced({ syncId: 7 }));
    expect(await daemons()).toEqual(['backup eth0 7 1', 'master eth0 7 1']);
    await whole.release();
    expect(await daemons()).toEqual([]);
  });

  test('has the role of its instance', async () => {
    await become(synced({ instance: 'V1', syncId: 9 }));
    expect(await daemons()).toEqual(['backup eth0 9 1']);
    for (const role of ['master', 'backup'] as const) {
      whole.follow(role);
      await whole.settle();
      expect(await daemons()).toEqual([`${role} eth0 9 1`]);
    }
  });

  test('is started anew with other settings, and again where somebody has stopped it', async () => {
    await become(synced({ instance: 'V1', syncId: 9 }));
    await become(synced({ instance: 'V1', syncId: 9, ttl: 4 }));
    expect(await daemons()).toEqual(['backup eth0 9 4']);
    await other.stopDaemon('backup');
    await whole.settle();
    expect(await daemons()).toEqual(['backup eth0 9 4']);
    await become(undefined);
    expect(await daemons()).toEqual([]);
  });

  test('one that is not ours is left alone', async () => {
    await other.startDaemon({ role: 'master', interface: 'eth0', syncId: 3 });
    await become(health({ timeouts: { tcp: 5 } }));
    await whole.release();
    expect(await daemons()).toEqual(['master eth0 3 1']);
  });

  test('an interface that is missing is said once, with the remedy', async () => {
    for (let i = 0; i < 3; i++) await become(synced({ interface: 'eth9', instance: 'V1' }));
    expect(said).toEqual([
      expect.stringMatching(/^IPVS: .*there is no interface eth9 \(ENODEV\); name an interface/),
    ]);
  });
});

test('lvs_flush_on_stop leaves nothing at all', async () => {
  const key = { kind: 'fwmark', family: 4, mark: 77 } as const;
  const flags = { flag1: false, flag2: false, flag3: false };
  const service = {
    key,
    scheduler: 'rr',
    schedulerFlags: flags,
    onePacket: false,
    persistence: undefined,
    persistenceEngine: undefined,
  };
  await other.perform([{ kind: 'add-service', service }]);
  await become(health({}));
  await whole.release();
  expect((await other.service(key)).ok).toBe(true);
  await become(health({ flushAtStop: true }));
  await whole.release();
  expect((await other.service(key)).ok).toBe(false);
});
