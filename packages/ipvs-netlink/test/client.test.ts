import { address } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { batches } from '../src/client/batches.ts';
import { taskQueue } from '../src/client/queue.ts';
import { command } from '../src/codec/constants.ts';
import {
  type Answer,
  fakeKernel,
  type IpvsTransport,
  ipvsClient,
  pool,
  server,
  service,
  table,
} from '../src/index.ts';
import { addServer, addService, web, web6 } from './compliance/bench.ts';

describe('changes are cut into sends', () => {
  const adds = (count: number) => Array.from({ length: count }, (_, i) => addServer(web, `10.9.1.${i + 1}`));

  test.each([
    ['as many as fit', adds(5), 2, [2, 2, 1]],
    ['none', [], 2, []],
    [
      'a scheduler that may not exist alone',
      [addService(web), addService(web6, 'odd'), ...adds(2)],
      9,
      [1, 1, 2],
    ],
    ['one at the end', [addService(web), addService(web6, 'odd')], 9, [1, 1]],
    [
      'an engine that may not exist alone',
      [addService(web, 'rr', { persistenceEngine: 'odd' }), ...adds(1)],
      9,
      [1, 1],
    ],
  ] as const)('%s', (_, changes, capacity, sizes) => {
    const cut = batches(changes, capacity);
    expect(cut.map((batch) => batch.length)).toEqual(sizes);
    expect(cut.flat()).toEqual(changes);
  });
});

describe('a table is read until it is the same twice', () => {
  const backends = [1, 2, 3].map((i) => server({ address: address(`10.9.1.${i}`), port: 80 }));
  const whole = table(pool(service(web, 'rr'), backends), pool(service(web6, 'wlc')));

  test.each([
    // readings that lose a server         expected    sends of a service dump, or what is said instead
    ['none loses anything', [], undefined, 2],
    ['the first is as expected', [], whole, 1],
    ['the first loses a server', [0], undefined, 3],
    ['the first loses a server and another is expected', [0], whole, 2],
    ['the second loses a server', [1], undefined, 4],
    ['every other one loses a server', [0, 2, 4], undefined, 'EAGAIN'],
  ] as const)('when %s', async (_, lossy, expected, readings) => {
    const counted = { dumps: 0 };
    const ipvs = ipvsClient(losing(await filled(), lossy, counted));
    const result = await ipvs.table(expected);
    expect(result.ok ? counted.dumps : result.error.code).toBe(readings);
    if (result.ok) expect(result.value.table).toEqual(whole);
  });

  test('an entry that a dump gives twice is one', async () => {
    const transport = await filled();
    const twice: IpvsTransport = {
      ...transport,
      dump: async (request) => {
        const answer = await transport.dump(request);
        return { ...answer, messages: [...answer.messages, ...answer.messages] };
      },
    };
    expect(await ipvsClient(twice).table()).toEqual({ ok: true, value: { table: whole, undescribed: [] } });
  });

  test('an entry that cannot be described is told of and left out', async () => {
    const transport = await filled();
    // The server's forwarding method becomes 5, which has no meaning.
    const odd: IpvsTransport = {
      ...transport,
      dump: async (request) => {
        const answer = await transport.dump(request);
        return request.command === command.getServer
          ? patched(answer, '0800030000000000', '0800030005000000')
          : answer;
      },
    };
    const reading = await ipvsClient(odd).table(table(pool(service(web, 'rr')), pool(service(web6, 'wlc'))));
    expect(reading.ok && reading.value.undescribed).toEqual(Array(3).fill('forwarding method 5'));
  });

  async function filled(): Promise<IpvsTransport> {
    const transport = fakeKernel().connect();
    const ipvs = ipvsClient(transport);
    for (const { service: each, servers } of whole.values()) {
      await ipvs.perform([
        { kind: 'add-service', service: each },
        ...[...servers.values()].map(
          (one) => ({ kind: 'add-server', service: each.key, server: one }) as const,
        ),
      ]);
    }
    return transport;
  }
});

/** Loses the last server of a service in the given readings, as a dump does while others delete. */
function losing(
  transport: IpvsTransport,
  lossy: readonly number[],
  counted: { dumps: number },
): IpvsTransport {
  return {
    ...transport,
    dump: async (request) => {
      const answer = await transport.dump(request);
      if (request.command === command.getService) counted.dumps++;
      const isLossy = request.command === command.getServer && lossy.includes(counted.dumps - 1);
      return isLossy ? { ...answer, messages: answer.messages.slice(1) } : answer;
    },
  };
}

const patched = (answer: Answer, before: string, after: string): Answer => ({
  ...answer,
  messages: answer.messages.map(({ command: number, attributes }) => ({
    command: number,
    attributes: new Uint8Array(
      Buffer.from(Buffer.from(attributes).toString('hex').replace(before, after), 'hex'),
    ),
  })),
});

test('counters of 64 bits come through whole', async () => {
  const kernel = fakeKernel();
  const ipvs = ipvsClient(kernel.connect());
  await ipvs.perform([addService(web), addServer(web, '10.9.1.1'), addServer(web, '10.9.1.2')]);
  const incomingBytes = 2n ** 63n + 1n;
  const statistics = { ...emptyStatistics, incomingBytes, connections: 5n };
  kernel.count(web, { address: address('10.9.1.1'), port: 80 }, { activeConnections: 3, statistics });
  const reports = await ipvs.servers(web);
  expect(reports.ok && reports.value.map((report) => [report.activeConnections, report.statistics])).toEqual([
    [0, emptyStatistics],
    [3, statistics],
  ]);
  const services = await ipvs.services();
  expect(services.ok && services.value.map((report) => report.statistics.incomingBytes)).toEqual([
    incomingBytes,
  ]);
  expect((await ipvs.zero(web)).ok).toBe(true);
  const zeroed = await ipvs.service(web);
  expect(zeroed.ok && zeroed.value.statistics).toEqual(emptyStatistics);
});

const emptyStatistics = {
  connections: 0n,
  incomingPackets: 0n,
  outgoingPackets: 0n,
  incomingBytes: 0n,
  outgoingBytes: 0n,
  connectionRate: 0n,
  incomingPacketRate: 0n,
  outgoingPacketRate: 0n,
  incomingByteRate: 0n,
  outgoingByteRate: 0n,
};

test('calls are carried out in the order they are made, without awaiting them', async () => {
  const ipvs = ipvsClient(fakeKernel({ capacity: 1 }).connect());
  const [, before, , after] = await Promise.all([
    ipvs.perform([addService(web), addServer(web, '10.9.1.1')]),
    ipvs.table(),
    ipvs.perform([{ kind: 'delete-service', service: web }]),
    ipvs.table(),
  ]);
  expect([before, after].map((reading) => reading.ok && reading.value.table.size)).toEqual([1, 0]);
});

test('a task that throws does not stop those behind it', async () => {
  const queue = taskQueue();
  const failing = queue(() => Promise.reject(new RangeError('no')));
  const next = queue(() => Promise.resolve('yes'));
  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBe('yes');
});

test('an answer that was lost is a failure that says so', async () => {
  const transport: IpvsTransport = {
    ...fakeKernel().connect(),
    request: (requests) => Promise.resolve(requests.map(() => ({ errno: 'silent', messages: [] }))),
  };
  const [result] = await ipvsClient(transport).perform([addService(web)]);
  expect(result).toMatchObject({
    ok: false,
    error: { code: 'ENOBUFS', request: 'add service tcp 10.9.0.100:80' },
  });
});

test('a stop of a sync daemon that the kernel passes over is not taken for done', async () => {
  const kernel = fakeKernel({ interfaces: [{ name: 'eth0', up: true, mtu: 1500 }] });
  const transport = kernel.connect();
  // Nothing is carried out, nothing is said: who asked for no word would count it as done.
  const deaf: IpvsTransport = {
    ...transport,
    request: async (requests) => {
      const answers = await transport.request(
        requests.filter((each) => each.command !== command.deleteDaemon),
      );
      return requests.map(({ command: number, acknowledged }, i) => {
        if (number !== command.deleteDaemon) return answers[i - 1] ?? { errno: 0, messages: [] };
        return { errno: acknowledged === true ? 'silent' : 0, messages: [] };
      });
    },
  };
  const ipvs = ipvsClient(deaf);
  await ipvs.startDaemon({ role: 'master', interface: 'eth0', syncId: 1 });
  expect(await ipvs.stopDaemon('master')).toMatchObject({ ok: false, error: { code: 'ENOBUFS' } });
});
