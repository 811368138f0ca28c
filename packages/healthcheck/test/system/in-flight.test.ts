import { seconds } from '@holdfast/kit';
import { beforeEach, describe, expect, test } from 'vitest';
import { mostInFlight } from '../../src/system/descriptor-limit.ts';
import type { Worker } from '../../src/system/worker-loop.ts';
import { realServer, virtualServer } from '../logic/virtual-servers.ts';
import { configure, FakeWorld, good, noHealth, settled } from '../support/fake-world.ts';

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

describe('checks', () => {
  test('no more than a given number are under way; all have their turn', async () => {
    world.mostInFlight = 3;
    worker = world.worker();
    await started([virtualServer({ realServers: Array.from({ length: 10 }, (_, i) => realServer(i + 1)) })]);
    await world.pass(seconds(8));
    expect(world.checks.size).toBe(3);
    const seen = new Set<string>();
    for (let i = 0; i < 4; i++) {
      for (const id of world.checks.keys()) seen.add(id);
      await world.finish(good);
    }
    expect(seen.size).toBe(10);
  });

  test('@holdfast checks_in_flight: fewer at once, and after a reload more', async () => {
    const virtualServers = [
      virtualServer({ realServers: Array.from({ length: 10 }, (_, i) => realServer(i + 1)) }),
    ];
    const atOnce = (mostInFlight: number) => ({ global: { health: { ...noHealth, mostInFlight } } });
    await started(virtualServers, atOnce(2));
    await world.pass(seconds(8));
    expect(world.checks.size).toBe(2);
    await started(virtualServers, { reason: 'reload', ...atOnce(4) });
    expect(world.checks.size).toBe(4);
    await started(virtualServers, { reason: 'reload', ...atOnce(100) });
    expect(world.checks.size).toBe(10);
  });
});

const limits = (soft: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${soft}                 4096                 files\n`;

test.each([
  ['1024', 924],
  ['1048576', 4096],
  ['101', 1],
  ['64', 1],
  ['unlimited', 3996],
])('with a limit of %s open files %i checks are under way at once at most', (soft, most) => {
  expect(mostInFlight(limits(soft))).toBe(most);
});
