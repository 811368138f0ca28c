import { beforeEach, expect, test } from 'vitest';
import type { Worker } from '../../src/system/worker-loop.ts';
import { realServer, virtualServer } from '../logic/virtual-servers.ts';
import { configure, FakeWorld, settled } from '../support/fake-world.ts';

let world: FakeWorld;
let worker: Worker;
beforeEach(() => {
  world = new FakeWorld();
  worker = world.worker();
});

test('core hears what will be ours before the kernel of anything; states, scripts and the log come together after the table', async () => {
  const quorumUp = { argv: ['/gained'], runAs: undefined } as const;
  worker.receive(configure([virtualServer({ quorumUp })]));
  const kinds = (): readonly (readonly string[])[] =>
    world.messages.flatMap((message) =>
      message.kind === 'turn' ? [message.facts.map(({ kind }) => kind)] : [],
    );
  expect(kinds()).toEqual([['saved']]);
  expect(world.saved).toMatchObject({ pools: [], written: [{ port: 80 }], settled: [] });
  expect(world.servers()).toBeUndefined();
  expect(world.optimizedWith).toBeUndefined();
  await settled();
  expect(world.servers()).toEqual(['10.9.1.1:80=1', '10.9.1.2:80=1']);
  expect(world.optimizedWith, 'only now code is optimized').toEqual(world.servers());
  expect(kinds()[1]?.filter((kind) => kind !== 'log')).toEqual(['notify', 'saved']);
  expect(world.saved.pools).toEqual([{ key: '[10.9.0.100]:tcp:80', quorum: 'up', servers: [] }]);
  expect(world.facts.flatMap((fact) => (fact.kind === 'log' ? [fact.record.text] : [])).slice(0, 2)).toEqual([
    'Activating healthchecker for service [10.9.1.1]:tcp:80 for VS [10.9.0.100]:tcp:80',
    'Activating healthchecker for service [10.9.1.2]:tcp:80 for VS [10.9.0.100]:tcp:80',
  ]);
});

test('a worker that dies over its first table has called nobody: its successor does', async () => {
  const config = virtualServer({ quorumUp: { argv: ['/gained'], runAs: undefined } });
  worker.receive(configure([config]));
  const { saved } = world;
  expect(world.facts.map(({ kind }) => kind)).toEqual(['saved']);
  world = new FakeWorld();
  worker = world.worker();
  worker.receive(configure([config], { saved }));
  await settled();
  expect(world.facts.filter(({ kind }) => kind === 'notify')).toHaveLength(1);
});

test('a worker that leaves over its first table says with its scripts that they are called: its successor does not call them again', async () => {
  const config = virtualServer({ quorumUp: { argv: ['/gained'], runAs: undefined } });
  worker.receive(configure([config]));
  worker.receive({ kind: 'stop', staying: true });
  const { saved, facts } = world;
  expect(facts.filter(({ kind }) => kind === 'notify')).toHaveLength(1);
  expect(saved).toMatchObject({ pools: [{ quorum: 'up' }], settled: [] });
  world = new FakeWorld();
  worker = world.worker();
  worker.receive(configure([config], { saved }));
  await settled();
  expect(world.facts.filter(({ kind }) => kind === 'notify')).toHaveLength(0);
  expect(world.servers()).toEqual(['10.9.1.1:80=1', '10.9.1.2:80=1']);
});

test('a successor does not say again what rs_init_notifies had said of each server', async () => {
  const notifyUp = { argv: ['/up'], runAs: undefined } as const;
  const config = virtualServer({ initialNotifies: true, realServers: [realServer(1, { notifyUp })] });
  const called = (): number => world.facts.filter(({ kind }) => kind === 'notify').length;
  worker.receive(configure([config]));
  await settled();
  expect(called()).toBe(1);
  const { saved } = world;
  world = new FakeWorld();
  worker = world.worker();
  worker.receive(configure([config], { saved }));
  await settled();
  expect(called()).toBe(0);
});
