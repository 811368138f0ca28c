import assert from 'node:assert/strict';
import { concatBytes } from '@holdfast/kit';
import { attribute, nest, text, u16, u16Network, u32 } from '../../src/codec/attributes.ts';
import {
  command,
  daemonAttribute,
  serverAttribute as dest,
  serviceAttribute as svc,
  top,
} from '../../src/codec/constants.ts';
import { changeRequest, type IpvsRequest, requests } from '../../src/codec/request.ts';
import {
  addServer,
  addService,
  type Case,
  expectOk,
  given,
  gue,
  interfaces,
  saidToRaw,
  saying,
  web,
} from './bench.ts';

const bytes = (length: number): Uint8Array => new Uint8Array(length);
const key = [
  u16(svc.family, 2),
  u16(svc.protocol, 6),
  attribute(svc.address, Uint8Array.of(10, 9, 0, 100, ...bytes(12))),
  u16Network(svc.port, 80),
];
const whole = new Map([
  ['name', text(svc.scheduler, 'rr')],
  ['flags', attribute(svc.flags, Uint8Array.of(0, 0, 0, 0, 255, 255, 255, 255))],
  ['timeout', u32(svc.timeout, 0)],
  ['netmask', attribute(svc.netmask, Uint8Array.of(255, 255, 255, 255))],
]);
const serverKey = [
  attribute(dest.address, Uint8Array.of(10, 9, 1, 1, ...bytes(12))),
  u16Network(dest.port, 80),
];
const wholeServer = new Map([
  ['method', u32(dest.forwarding, 0)],
  ['weight', u32(dest.weight, 1)],
  ['upper threshold', u32(dest.upperThreshold, 0)],
  ['lower threshold', u32(dest.lowerThreshold, 0)],
]);

const service = (...parts: readonly Uint8Array[]): Uint8Array => nest(top.service, ...parts);
const without = (parts: ReadonlyMap<string, Uint8Array>, name: string): readonly Uint8Array[] =>
  [...parts].flatMap(([of, part]) => (of === name ? [] : [part]));
const newService = (...parts: readonly Uint8Array[]): IpvsRequest => ({
  command: command.newService,
  attributes: service(...parts),
});
const newServer = (...parts: readonly Uint8Array[]): IpvsRequest => ({
  command: command.newServer,
  attributes: concatBytes(service(...key), nest(top.server, ...parts)),
});
const daemon = (number: number, ...parts: readonly Uint8Array[]): IpvsRequest => ({
  command: number,
  attributes: nest(top.daemon, ...parts),
});
const [state, name, id] = [
  u32(daemonAttribute.state, 1),
  text(daemonAttribute.interface, interfaces.up),
  u32(daemonAttribute.syncId, 1),
];

/** Requests that our codec never makes. A service 10.9.0.100:80 without servers is there. */
// biome-ignore format: a table
const malformed: readonly (readonly [string, IpvsRequest, string])[] = [
  ...[...whole.keys()].map((part) => [`a service without ${part}`, newService(...key, ...without(whole, part)), 'EINVAL'] as const),
  ...[0, 1, 2, 3].map((i) => [`a service without part ${i + 1} of its key`, newService(...key.toSpliced(i, 1), ...whole.values()), 'EINVAL'] as const),
  ['a service of no family that there is', newService(u16(svc.family, 7), ...key.slice(1), ...whole.values()), 'EAFNOSUPPORT'],
  ['a service whose scheduler has no NUL', newService(...key, attribute(svc.scheduler, Uint8Array.of(...Array<number>(16).fill(0x72))), ...without(whole, 'name')), 'EINVAL'],
  ['a change of a service without a timeout', { command: command.setService, attributes: service(...key, ...without(whole, 'timeout')) }, 'EINVAL'],
  ['the deletion of a service without a key', { command: command.deleteService, attributes: service() }, 'EINVAL'],
  ['the deletion of nothing', { command: command.deleteService, attributes: bytes(0) }, 'EINVAL'],
  ['a look at a service without a key', { command: command.getService, attributes: bytes(0) }, 'EINVAL'],
  ...[...wholeServer.keys()].map((part) => [`a server without ${part}`, newServer(...serverKey, ...without(wholeServer, part)), 'EINVAL'] as const),
  ...[0, 1].map((i) => [`a server without part ${i + 1} of its key`, newServer(...serverKey.toSpliced(i, 1), ...wholeServer.values()), 'EINVAL'] as const),
  ['a server of no family that there is', newServer(...serverKey, ...wholeServer.values(), u16(dest.family, 7)), 'EAFNOSUPPORT'],
  ['no server at all', { command: command.newServer, attributes: service(...key) }, 'EINVAL'],
  ['a change to a server without weight', { command: command.setServer, attributes: concatBytes(service(...key), nest(top.server, ...serverKey, ...without(wholeServer, 'weight'))) }, 'EINVAL'],
  ['the deletion of a server without a key', { command: command.deleteServer, attributes: service(...key) }, 'EINVAL'],
  ['a daemon without a state', daemon(command.newDaemon, name, id), 'EINVAL'],
  ['a daemon without an interface', daemon(command.newDaemon, state, id), 'EINVAL'],
  ['a daemon without a sync id', daemon(command.newDaemon, state, name), 'EINVAL'],
  ['a daemon of a third state', daemon(command.newDaemon, u32(daemonAttribute.state, 3), name, id), 'EINVAL'],
  ['the stop of a daemon without a state', daemon(command.deleteDaemon), 'EINVAL'],
  ['a timeout of one byte', { command: command.setConfig, attributes: attribute(top.timeoutTcp, bytes(1)) }, 'ERANGE'],
  ['SET_INFO', { command: command.setInfo, attributes: bytes(0) }, 'EOPNOTSUPP'],
  ['a command that does not exist', { command: 99, attributes: bytes(0) }, 'EOPNOTSUPP'],
  ['servers asked for without a dump', requests.servers(web), 'EOPNOTSUPP'],
  ['daemons asked for without a dump', requests.daemons, 'EOPNOTSUPP'],
];

export const rawCases: readonly Case[] = [
  ...malformed.map(
    ([what, request, code]) =>
      ({
        name: `${what} is refused with ${code}`,
        run: async (bench) => {
          await given(bench, addService(web));
          assert.equal(await saidToRaw(bench, request), code);
        },
      }) satisfies Case,
  ),
  {
    name: 'a dump of a command that has none is refused with EOPNOTSUPP',
    run: async ({ transport }) =>
      assert.equal(saying(await transport.dump(requests.information)), 'EOPNOTSUPP'),
  },
  {
    name: 'an address of four bytes is one',
    run: async (bench) => {
      const short = attribute(svc.address, Uint8Array.of(10, 9, 0, 101));
      const parts = [
        u16(svc.family, 2),
        u16(svc.protocol, 6),
        short,
        u16Network(svc.port, 80),
        ...whole.values(),
      ];
      assert.equal(await saidToRaw(bench, newService(...parts)), 'done');
      assert.deepEqual([...expectOk(await bench.ipvs.table()).table.keys()], ['tcp 10.9.0.101:80']);
    },
  },
  {
    name: 'a change that names no tunnel makes ipip of GUE',
    run: async (bench) => {
      await given(bench, addService(web), addServer(web, '10.9.1.1', { forwarding: gue(6080) }));
      const parts = [...serverKey, u32(dest.forwarding, 2), ...without(wholeServer, 'method')];
      const request = {
        command: command.setServer,
        attributes: concatBytes(service(...key), nest(top.server, ...parts)),
      };
      assert.equal(await saidToRaw(bench, request), 'done');
      const [report] = expectOk(await bench.ipvs.servers(web));
      assert.deepEqual(report?.server.forwarding, { method: 'TUN', tunnel: { type: 'ipip' } });
    },
  },
  {
    name: 'a flush empties all, whatever service it names',
    run: async (bench) => {
      await given(bench, addService(web));
      const other = service(...key.slice(0, 3), u16Network(svc.port, 9));
      assert.equal(await saidToRaw(bench, { command: command.flush, attributes: other }), 'done');
      assert.equal(expectOk(await bench.ipvs.table()).table.size, 0);
    },
  },
  ...(
    [
      ['none fails', []],
      ['the first one fails', [0]],
      ['one in the middle fails', [100]],
      ['the last one fails', [199]],
      ['first, middle and last fail', [0, 100, 199]],
      ['all fail', [...Array(200).keys()]],
    ] as const
  ).map(
    ([what, failing]): Case => ({
      name: `two hundred requests of one send are told apart when ${what}`,
      run: async (bench) => {
        const places: readonly number[] = failing;
        const servers = Array.from({ length: 200 }, (_, i) => addServer(web, `10.9.1.${i + 1}`));
        await given(bench, addService(web), ...servers.filter((_, i) => places.includes(i)));
        const answers = await bench.transport.request(servers.map(changeRequest));
        assert.deepEqual(
          answers.map(saying),
          servers.map((_, i) => (places.includes(i) ? 'EEXIST' : 'done')),
        );
        assert.equal(expectOk(await bench.ipvs.servers(web)).length, 200);
      },
    }),
  ),
  {
    name: 'what is asked for among changes of one send is told',
    run: async ({ transport }) => {
      const answers = await transport.request([
        changeRequest(addService(web)),
        requests.service(web),
        changeRequest(addService(web)),
        requests.information,
        changeRequest(addServer(web, '10.9.1.1')),
      ]);
      assert.deepEqual(answers.map(saying), ['done', 'done', 'EEXIST', 'done', 'done']);
      assert.deepEqual(
        answers.map(({ messages }) => messages.map((message) => message.command)),
        [[], [command.newService], [], [command.setInfo], []],
      );
    },
  },
  {
    name: 'all requests of one send are carried out, and each is answered, whichever fail',
    run: async ({ transport }) => {
      const changes = [
        addService(web),
        addService(web),
        addServer(web, '10.9.1.1'),
        addServer(web, '224.0.0.1'),
        addServer(web, '10.9.1.2'),
      ];
      const answers = await transport.request(changes.map(changeRequest));
      assert.deepEqual(answers.map(saying), ['done', 'EEXIST', 'done', 'EINVAL', 'done']);
    },
  },
];
