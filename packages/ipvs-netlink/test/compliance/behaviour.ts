import assert from 'node:assert/strict';
import { address } from '@holdfast/kit';
import {
  type Change,
  pool,
  type Server,
  type Service,
  type ServiceKey,
  server,
  service,
  table,
} from '../../src/index.ts';
import {
  addServer,
  addService,
  aServer,
  type Bench,
  type Case,
  expectCode,
  expectOk,
  given,
  gue,
  interfaces,
  ipip,
  saidTo,
  web,
  web6,
} from './bench.ts';

const mark = (family: 4 | 6): ServiceKey => ({ kind: 'fwmark', family, mark: 7 });
const port = (protocol: 'tcp' | 'udp' | 'sctp', number: number): ServiceKey => ({
  kind: 'address',
  protocol,
  address: address('10.9.0.100'),
  port: number,
});
const flags = (flag1: boolean, flag2: boolean, flag3: boolean) => ({ flag1, flag2, flag3 });
const mask = (text: string) => ({ family: 4, mask: address(text) }) as const;

/** One of everything. */
const services: readonly Service[] = [
  service(web, 'wrr'),
  service(port('udp', 53), 'rr', {
    onePacket: true,
    persistence: { timeout: 60, granularity: mask('255.255.255.0') },
  }),
  service(port('sctp', 9000), 'mh', { schedulerFlags: flags(true, true, false) }),
  service(port('udp', 5060), 'rr', {
    persistence: { timeout: 30, granularity: mask('255.255.255.255') },
    persistenceEngine: 'sip',
  }),
  service(port('tcp', 0), 'sh', {
    schedulerFlags: flags(false, true, true),
    persistence: { timeout: 360, granularity: mask('255.255.255.255') },
  }),
  service(web6, 'wlc', { persistence: { timeout: 300, granularity: { family: 6, prefixLength: 64 } } }),
  service(mark(4), 'lblcr'),
  service(mark(6), 'nq'),
];
const servers: readonly Server[] = [
  aServer('10.9.1.1', { weight: 3, upperThreshold: 100, lowerThreshold: 50, port: 8080 }),
  aServer('10.9.1.2', { forwarding: { method: 'DR' }, weight: 0 }),
  aServer('10.9.1.3', { forwarding: ipip, weight: 2_147_483_647 }),
  aServer('10.9.1.4', {
    forwarding: { method: 'TUN', tunnel: { type: 'gue', port: 6080, checksum: 'csum' } },
  }),
  aServer('10.9.1.5', {
    forwarding: { method: 'TUN', tunnel: { type: 'gue', port: 6081, checksum: 'remcsum' } },
  }),
  aServer('10.9.1.6', { forwarding: { method: 'TUN', tunnel: { type: 'gre', checksum: 'csum' } } }),
  aServer('10.9.1.7', { forwarding: { method: 'local' } }),
];

const namesOf = async ({ ipvs }: Bench): Promise<readonly string[]> =>
  [...expectOk(await ipvs.table()).table].flatMap(([id, { servers: of }]) => [
    id,
    ...[...of.keys()].map((key) => `${id} ${key}`),
  ]);

export const behaviourCases: readonly Case[] = [
  {
    name: 'every kind of service and server is read back as it was written',
    run: async (bench) => {
      const everything = table(
        ...services.map((each) => pool(each, each.key === web ? servers : [])),
        pool(service(mark(4), 'lblcr'), [
          server({ address: address('10.9.1.1'), port: 0 }, { forwarding: { method: 'DR' } }),
        ]),
        pool(services[5] ?? service(web6, 'wlc'), [
          aServer('fd00::1'),
          aServer('10.9.1.9', { forwarding: ipip }),
        ]),
      );
      for (const { service: each, servers: of } of everything.values()) {
        const adding = [...of.values()].map(
          (one): Change => ({ kind: 'add-server', service: each.key, server: one }),
        );
        await given(bench, { kind: 'add-service', service: each }, ...adding);
      }
      assert.deepEqual(expectOk(await bench.ipvs.table()), { table: everything, undescribed: [] });
      assert.ok(expectOk(await bench.ipvs.table(everything)));
    },
  },
  {
    name: 'a change of a service replaces all of it, what it does not name included',
    run: async (bench) => {
      for (const [i, before] of services.entries()) {
        const after = { ...(services[(i + 1) % services.length] ?? before), key: web };
        const mine =
          after.persistence?.granularity.family === 6 ? { ...after, persistence: undefined } : after;
        await given(bench, addService(web), { kind: 'set-service', service: mine });
        assert.deepEqual(expectOk(await bench.ipvs.service(web)).service, mine);
        await given(bench, { kind: 'delete-service', service: web });
      }
    },
  },
  {
    name: 'a change of a server may change its method, its tunnel and all the rest',
    run: async (bench) => {
      await given(bench, addService(web), addServer(web, '10.9.1.1'));
      for (const each of servers) {
        const target = { ...each, address: address('10.9.1.1'), port: 80 };
        await given(bench, { kind: 'set-server', service: web, server: target });
        assert.deepEqual(
          expectOk(await bench.ipvs.servers(web)).map((report) => report.server),
          [target],
        );
      }
    },
  },
  {
    name: 'one mark is two services, one for each family',
    run: async (bench) => {
      await given(bench, addService(mark(4)), addService(mark(6)), {
        kind: 'delete-service',
        service: mark(4),
      });
      assert.deepEqual(await namesOf(bench), ['fwmark 7 (IPv6)']);
    },
  },
  {
    name: 'the deletion of a service takes its servers along',
    run: async (bench) => {
      await given(
        bench,
        addService(web),
        addServer(web, '10.9.1.1'),
        { kind: 'delete-service', service: web },
        addService(web),
      );
      assert.deepEqual(await namesOf(bench), ['tcp 10.9.0.100:80']);
    },
  },
  {
    name: 'a server is deleted by address and port, whatever its method, and in both families',
    run: async (bench) => {
      const mixed = aServer('10.9.1.9', { forwarding: ipip });
      await given(bench, addService(web6), addServer(web6, 'fd00::1'), {
        kind: 'add-server',
        service: web6,
        server: mixed,
      });
      await given(bench, {
        kind: 'delete-server',
        service: web6,
        server: { address: mixed.address, port: 80 },
      });
      assert.deepEqual(await namesOf(bench), ['tcp [fd00::100]:443', 'tcp [fd00::100]:443 [fd00::1]:80']);
    },
  },
  {
    name: 'three hundred servers of one service are read completely',
    run: async (bench) => {
      const many = Array.from({ length: 300 }, (_, i) =>
        addServer(web, `10.9.${2 + (i >> 7)}.${1 + (i & 127)}`),
      );
      await given(bench, addService(web), ...many);
      assert.equal((await namesOf(bench)).length, 301);
    },
  },
  {
    name: 'two hundred services are read completely',
    run: async (bench) => {
      await given(bench, ...Array.from({ length: 200 }, (_, i) => addService(port('tcp', 1000 + i))));
      assert.equal((await namesOf(bench)).length, 200);
    },
  },
  {
    name: 'the servers of an unknown service are none, without an error',
    run: async ({ ipvs }) => assert.deepEqual(expectOk(await ipvs.servers(web)), []),
  },
  {
    name: 'an unknown service is refused with ESRCH when it is looked at or zeroed',
    run: async ({ ipvs }) => {
      expectCode(await ipvs.service(web), 'ESRCH');
      expectCode(await ipvs.zero(web), 'ESRCH');
    },
  },
  {
    name: 'counters begin at zero, and zeroing is taken for one service and for all',
    run: async (bench) => {
      await given(bench, addService(web), addServer(web, '10.9.1.1'));
      expectOk(await bench.ipvs.zero(web));
      expectOk(await bench.ipvs.zero());
      const [report] = expectOk(await bench.ipvs.servers(web));
      assert.equal(report?.statistics.connections, 0n);
      assert.equal(report.activeConnections + report.inactiveConnections + report.persistentConnections, 0);
      assert.deepEqual(
        expectOk(await bench.ipvs.services()).map(({ statistics }) => statistics.incomingBytes),
        [0n],
      );
    },
  },
  {
    name: 'the version is told',
    run: async ({ ipvs }) => {
      const { version, connectionTableSize } = expectOk(await ipvs.information());
      assert.match(version, /^1\.2\.\d+$/);
      assert.ok(connectionTableSize >= 256);
    },
  },
  {
    name: 'a timeout that is 0 or not given stays as it is',
    run: async ({ ipvs }) => {
      expectOk(await ipvs.setTimeouts({ tcp: 1000, tcpFin: 100, udp: 200 }));
      expectOk(await ipvs.setTimeouts({ tcp: 0, udp: 250 }));
      assert.deepEqual(expectOk(await ipvs.timeouts()), { tcp: 1000, tcpFin: 100, udp: 250 });
    },
  },
  {
    name: 'a timeout that no tick counter holds is refused with EINVAL',
    run: async ({ ipvs }) => {
      expectCode(await ipvs.setTimeouts({ tcp: 2_147_483_647 }), 'EINVAL');
      expectCode(await ipvs.setTimeouts({ udp: 4_294_967_295 }), 'EINVAL');
      assert.deepEqual(expectOk(await ipvs.timeouts()), { tcp: 900, tcpFin: 120, udp: 300 });
    },
  },
  {
    name: 'a flush empties the table and leaves the sync daemons',
    run: async (bench) => {
      await given(bench, addService(web), addServer(web, '10.9.1.1'));
      expectOk(await bench.ipvs.startDaemon({ role: 'master', interface: interfaces.up, syncId: 1 }));
      expectOk(await bench.ipvs.flush());
      assert.deepEqual(await namesOf(bench), []);
      assert.equal(expectOk(await bench.ipvs.daemons()).length, 1);
    },
  },
  {
    name: 'without the right everything is refused with EPERM, reading too',
    run: async (bench) => {
      const { ipvs } = bench;
      await bench.withoutRight(async () => {
        for (const change of [
          addService(web),
          addServer(web, '10.9.1.1'),
          { kind: 'delete-service', service: web } as const,
        ]) {
          assert.equal(await saidTo(bench, change), 'EPERM');
        }
        for (const ask of [
          ipvs.information,
          ipvs.timeouts,
          ipvs.flush,
          ipvs.services,
          ipvs.daemons,
          ipvs.zero,
        ]) {
          expectCode<unknown>(await ask(), 'EPERM');
        }
        expectCode(await ipvs.table(), 'EPERM');
        expectCode(await ipvs.servers(web), 'EPERM');
        expectCode(await ipvs.setTimeouts({ tcp: 1 }), 'EPERM');
        expectCode(await ipvs.startDaemon({ role: 'master', interface: interfaces.up, syncId: 1 }), 'EPERM');
        expectCode(await ipvs.stopDaemon('master'), 'EPERM');
      });
    },
  },
  {
    name: "a GUE port is no part of a server's key",
    run: async (bench) => {
      await given(bench, addService(web), addServer(web, '10.9.1.1', { forwarding: gue(1) }));
      assert.equal(await saidTo(bench, addServer(web, '10.9.1.1', { forwarding: gue(2) })), 'EEXIST');
      await given(bench, {
        kind: 'set-server',
        service: web,
        server: aServer('10.9.1.1', { forwarding: gue(2) }),
      });
    },
  },
];
