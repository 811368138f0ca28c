import assert from 'node:assert/strict';
import { address } from '@holdfast/kit';
import type { SyncDaemon } from '../../src/index.ts';
import {
  addServer,
  addService,
  type Case,
  expectCode,
  expectOk,
  given,
  interfaces,
  ipip,
  saidTo,
  web6,
} from './bench.ts';

const master: SyncDaemon = { role: 'master', interface: interfaces.up, syncId: 33 };
const backup: SyncDaemon = { role: 'backup', interface: interfaces.up, syncId: 34 };
const chosen = { maximumLength: 1472, group: address('224.0.0.81'), port: 8848, ttl: 1 };

const errors: readonly (readonly [string, readonly SyncDaemon[], SyncDaemon, string])[] = [
  ['a second master', [master], { ...master, syncId: 1 }, 'EEXIST'],
  ['a second backup', [backup], backup, 'EEXIST'],
  ['a daemon on an interface that is not there', [], { ...master, interface: interfaces.none }, 'ENODEV'],
  ['a master on an interface that is down', [], { ...master, interface: interfaces.down }, 'ENETUNREACH'],
  ['a daemon to a group that is none', [], { ...master, group: address('10.9.0.1') }, 'EINVAL'],
  ['a sync id that the packet has no room for', [], { ...master, syncId: 256 }, 'EINVAL'],
];

export const daemonCases: readonly Case[] = [
  ...errors.map(
    ([name, running, asked, code]) =>
      ({
        name: `${name} is refused with ${code}`,
        run: async ({ ipvs }) => {
          for (const daemon of running) expectOk(await ipvs.startDaemon(daemon));
          expectCode(await ipvs.startDaemon(asked), code);
          assert.equal(expectOk(await ipvs.daemons()).length, running.length);
        },
      }) satisfies Case,
  ),
  {
    name: 'one daemon of each role runs, with what the kernel chose for what was not given',
    run: async ({ ipvs }) => {
      const all = { ...backup, maximumLength: 1400, group: address('224.0.0.90'), port: 8850, ttl: 2 };
      expectOk(await ipvs.startDaemon(master));
      expectOk(await ipvs.startDaemon(all));
      assert.deepEqual(expectOk(await ipvs.daemons()), [{ ...master, ...chosen }, all]);
    },
  },
  {
    name: 'a daemon may use an IPv6 group, with shorter packets',
    run: async ({ ipvs }) => {
      const group = address('ff02::90');
      expectOk(await ipvs.startDaemon({ ...master, group }));
      assert.deepEqual(expectOk(await ipvs.daemons()), [
        { ...master, ...chosen, group, maximumLength: 1452 },
      ]);
    },
  },
  {
    name: 'a daemon that does not run is refused with ESRCH when it is stopped',
    run: async ({ ipvs }) => expectCode(await ipvs.stopDaemon('backup'), 'ESRCH'),
  },
  {
    name: 'a daemon is gone when its stop is answered, however soon after its start',
    run: async ({ ipvs }) => {
      for (const daemon of [master, backup, master, backup, master, backup, backup, backup, master, master]) {
        const [started, stopped] = await Promise.all([
          ipvs.startDaemon(daemon),
          ipvs.stopDaemon(daemon.role),
        ]);
        expectOk(started);
        expectOk(stopped);
        assert.deepEqual(expectOk(await ipvs.daemons()), []);
      }
    },
  },
  {
    name: 'a server of another family and a sync daemon exclude each other',
    run: async (bench) => {
      const { ipvs } = bench;
      await given(bench, addService(web6));
      expectOk(await ipvs.startDaemon(backup));
      assert.equal(await saidTo(bench, addServer(web6, '10.9.1.9', { forwarding: ipip })), 'EINVAL');
      expectOk(await ipvs.stopDaemon('backup'));
      await given(bench, addServer(web6, '10.9.1.9', { forwarding: ipip }));
      expectCode(await ipvs.startDaemon(backup), 'EINVAL');
    },
  },
];
