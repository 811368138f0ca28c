import { fakeKernel } from '@holdfast/ipvs-netlink';
import { address, seconds } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { packServers } from '../../src/pack-servers.ts';
import type { Worker } from '../../src/system/worker-loop.ts';
import { realServer, virtualServer } from '../logic/virtual-servers.ts';
import { bad, configure, FakeWorld, good, settled } from '../support/fake-world.ts';

/** What a worker has asked the kernel for and told core, in requests and in characters. */
interface Cost {
  readonly changes: number;
  readonly readings: number;
  readonly told: number;
}

/** A worker with so many virtual servers of ten real servers, and what its next steps cost. */
function workerWith(pools: number) {
  let changes = 0;
  let readings = 0;
  const kernel = fakeKernel();
  const counted = {
    ...kernel,
    connect: () => {
      const transport = kernel.connect();
      return {
        ...transport,
        request: (requests: Parameters<typeof transport.request>[0]) => {
          changes += requests.length;
          return transport.request(requests);
        },
        dump: (request: Parameters<typeof transport.dump>[0]) => {
          readings++;
          return transport.dump(request);
        },
      };
    },
  };
  const world = new FakeWorld(counted);
  world.mostInFlight = 100_000;
  const worker: Worker = world.worker();
  const configs = Array.from({ length: pools }, (_, n) => {
    const at = address(`10.9.${n >> 8}.${n & 255}`);
    const realServers = Array.from({ length: 10 }, (__, i) => realServer(i + 1));
    return virtualServer({
      key: `[${at}]:tcp:80`,
      services: [{ kind: 'address', address: at, port: 80 }],
      realServers,
    });
  });
  const costOf = async (act: () => void | Promise<void>): Promise<Cost> => {
    [changes, readings] = [0, 0];
    const before = world.messages.length;
    await act();
    for (let i = 0; i < 40; i++) await settled();
    return { changes, readings, told: JSON.stringify(world.messages.slice(before)).length };
  };
  return { world, worker, configs, costOf };
}

async function costs(pools: number) {
  const { world, worker, configs, costOf } = workerWith(pools);
  const start = await costOf(() => worker.receive(configure(configs)));
  const [one] = configs;
  if (one === undefined) throw new TypeError('there is one');
  const { global } = configure([]).slice;
  const another = { ...one, realServers: one.realServers.slice(1) };
  const change = await costOf(() =>
    worker.receive({ kind: 'change', global, changed: packServers([another]), gone: [] }),
  );
  const look = await costOf(() =>
    worker.receive({ kind: 'change', global, changed: packServers([]), gone: [] }),
  );
  await world.pass(seconds(20));
  await world.finish(good);
  return { start, change, look };
}

test('four times the virtual servers cost four times as much at a start, and no more at a change', async () => {
  const [few, many] = [await costs(20), await costs(80)];
  expect([few.start.changes, many.start.changes]).toEqual([20 * 11, 80 * 11]);
  expect(many.start.told).toBeLessThan(4.5 * few.start.told);
  expect([few.change.changes, many.change.changes]).toEqual([1, 1]);
  for (const { readings } of [few.look, few.change]) expect(readings).toBe(21);
  for (const { readings } of [many.look, many.change]) expect(readings).toBe(81);
  expect(many.look.told).toBeLessThan(4.5 * few.look.told);
});

test.each([20, 80])(
  'one server that dies among %i virtual servers costs one request and a few words',
  async (pools) => {
    const { world, worker, configs, costOf } = workerWith(pools);
    await costOf(() => worker.receive(configure(configs)));
    // All checks of one round end well, but for one server of one pool; attempts of a dead one follow alone.
    await world.pass(seconds(2));
    const cost = await costOf(async () => {
      const [[id, check] = []] = world.checks;
      if (id === undefined || check === undefined) throw new TypeError('a check is under way');
      world.checks.delete(id);
      check.done(bad());
    });
    expect(cost.changes).toBe(1);
    expect(cost.readings).toBe(0);
    expect(cost.told).toBeLessThan(1500);
  },
);
