import { seconds } from '@holdfast/kit';
import { beforeEach, expect, test } from 'vitest';
import type { Worker } from '../../src/system/worker-loop.ts';
import { realServer, virtualServer } from '../logic/virtual-servers.ts';
import { bad, configure, FakeWorld, good, settled } from '../support/fake-world.ts';

let world: FakeWorld;
let worker: Worker;
const key = '[10.9.1.1]:tcp:80';
beforeEach(() => {
  world = new FakeWorld();
  worker = world.worker();
});

/** A check ends, and before the turn that it began has ended, the kernel has answered to a look at all of it. */
async function lookEndsWithinTurn(result: typeof good): Promise<() => void> {
  const turns: (() => void)[] = [];
  world.soon = (then) => void turns.push(then);
  const check = world.checks.get(key);
  world.checks.delete(key);
  check?.done(result());
  worker.receive({ kind: 'sync-role', role: 'master' });
  await settled();
  return () => {
    world.soon = queueMicrotask;
    for (const end of turns) end();
  };
}

async function checking(): Promise<void> {
  worker.receive(configure([virtualServer({ realServers: [realServer(1)] })]));
  for (let passed = 0; passed < 100 && !world.checks.has(key); passed++) await world.pass(seconds(0.1));
}

test('a check that ends while a look at the table ends comes again like any other', async () => {
  await checking();
  (await lookEndsWithinTurn(good))();
  await world.pass(seconds(20));
  expect([...world.checks.keys()]).toEqual([key]);
});

test('what a check has found is told with what is planned for it, not by a look that ends before', async () => {
  await checking();
  const before = world.messages.length;
  const end = await lookEndsWithinTurn(bad);
  expect(world.messages.slice(before)).toEqual([]);
  end();
  expect(world.messages.length).toBeGreaterThan(before);
});
