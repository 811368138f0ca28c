import { seconds } from '@holdfast/kit';
import { beforeEach, expect, test } from 'vitest';
import type { HealthFact } from '../../src/ipc.ts';
import type { Worker } from '../../src/system/worker-loop.ts';
import { realServer, virtualServer } from '../logic/virtual-servers.ts';
import { configure, FakeWorld, good, settled } from '../support/fake-world.ts';

let world: FakeWorld;
let worker: Worker;
beforeEach(() => {
  world = new FakeWorld();
  worker = world.worker();
});

const pool = '[10.9.0.100]:tcp:80';
const drained = { [pool]: [{ server: '[10.9.1.1]:tcp:80', override: { kind: 'drain' } }] } as const;
const told = async (message: Parameters<Worker['receive']>[0]): Promise<void> => {
  worker.receive(message);
  await settled();
};
const facts = (): readonly HealthFact[] =>
  world.messages.flatMap((message) => (message.kind === 'turn' ? message.facts : []));

test('an order reaches the table, and the next one takes it back', async () => {
  await told(configure([virtualServer()]));
  await told({ kind: 'wishes', wishes: drained });
  expect(world.servers()).toEqual(['10.9.1.1:80=0', '10.9.1.2:80=1']);
  await told({ kind: 'wishes', wishes: {} });
  expect(world.servers()).toEqual(['10.9.1.1:80=1', '10.9.1.2:80=1']);
});

test('a worker that begins with orders never had another table', async () => {
  await told({ ...configure([virtualServer()]), wishes: drained });
  expect(world.servers()).toEqual(['10.9.1.1:80=0', '10.9.1.2:80=1']);
});

test('a server that a reload brings back is as the operator wants it', async () => {
  await told({ ...configure([virtualServer({ realServers: [realServer(2)] })]), wishes: {} });
  await told({ ...configure([virtualServer()], { reason: 'reload' }), wishes: drained });
  expect(world.servers()).toEqual(['10.9.1.1:80=0', '10.9.1.2:80=1']);
});

test('a question is answered with the last checks and what the kernel counts', async () => {
  await told(configure([virtualServer({ realServers: [realServer(1)] })]));
  await world.pass(seconds(8));
  await world.finish(good);
  await told({ kind: 'statistics', query: 3 });
  expect(facts().filter(({ kind }) => kind === 'statistics')).toMatchObject([
    {
      query: 3,
      hasTable: true,
      pools: [
        {
          key: pool,
          suspended: false,
          servers: [{ checks: [{ kind: 'success' }], kernel: { weight: 1, activeConnections: 0 } }],
        },
      ],
    },
  ]);
});

test('without IPVS the question is answered all the same', async () => {
  world.hasIpvs = false;
  await told(configure([virtualServer({ realServers: [realServer(1)] })]));
  await told({ kind: 'statistics', query: 4 });
  expect(facts().filter(({ kind }) => kind === 'statistics')).toMatchObject([
    { query: 4, hasTable: false, pools: [{ servers: [{ checks: [null], kernel: undefined }] }] },
  ]);
});

test('a table is counted once at a time: who asks meanwhile hears of the same count', async () => {
  await told(configure([virtualServer({ realServers: [realServer(1)] })]));
  for (const query of [5, 6, 7]) worker.receive({ kind: 'statistics', query });
  await settled();
  expect(facts().flatMap((fact) => (fact.kind === 'statistics' ? [fact.query] : []))).toEqual([7]);
  await told({ kind: 'statistics', query: 8 });
  expect(facts().flatMap((fact) => (fact.kind === 'statistics' ? [fact.query] : []))).toEqual([7, 8]);
});
