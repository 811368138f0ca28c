import { millis, seconds } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { status, why } from '../../src/control/api/index.ts';
import { pool } from './objects.ts';
import { configuration, office } from './office.ts';

const savedServer = (key: string, alive: boolean) => ({
  key,
  alive,
  checkers: [{ up: alive, hasRun: true, failures: alive ? 0 : 1, weightOffset: 0 }],
});
const healthy = {
  key: '[10.0.0.1]:tcp:80',
  quorum: 'up',
  servers: [savedServer('[10.0.1.1]:tcp:8080', false), savedServer('[10.0.1.2]:tcp:8080', true)],
} as const;

describe('the status', () => {
  test('joins configuration, facts, orders and answers, and is what the API says', async () => {
    const here = office();
    here.reports();
    here.transits();
    here.saves([healthy]);
    const answer = await here.desk.status();
    expect(status.parse(answer)).toEqual(answer);
    expect(answer.notes).toEqual([]);
    expect(answer.instances).toMatchObject([
      {
        name: 'VI_1',
        state: 'MASTER',
        since: '2027-01-15T08:01:30.000Z',
        why: { kind: 'master-silent' },
        priority: { configured: 100, effective: 100 },
        master: { address: '10.0.0.3', priority: 90, heardAt: '2027-01-15T08:01:26.000Z' },
        statistics: { counters: { advertsSent: 10 }, drops: { 'bad-ttl': 2 } },
      },
    ]);
    expect(answer.pools).toMatchObject([
      {
        quorum: { state: 'up', weight: 2 },
        realServers: [
          {
            alive: false,
            checkers: [{ up: false, failures: 1, last: { result: 'failure', text: 'connection refused' } }],
            kernel: { activeConnections: 3 },
          },
          { alive: true, checkers: [{ up: true, last: null }], kernel: null },
        ],
      },
    ]);
  });

  test('comes without a worker that is stuck, and says what is missing', async () => {
    const here = office();
    here.workers.vrrp = 'asleep';
    here.workers.healthcheck = 'gone';
    here.reports();
    const asked = here.desk.status();
    here.passes(millis(250));
    const answer = await asked;
    expect(status.parse(answer)).toEqual(answer);
    expect(answer.instances[0]).toMatchObject({ state: 'MASTER', statistics: null });
    expect(answer.notes).toEqual([
      'the vrrp worker did not answer in time: counters and times of adverts are missing',
      "the healthcheck worker is starting: last checks and the kernel's counters are missing",
    ]);
  });

  test('knows an instance before its worker has said anything, and pools nobody has checked', async () => {
    const here = office();
    const answer = await here.desk.status();
    expect(status.parse(answer)).toEqual(answer);
    expect(answer.instances[0]).toMatchObject({ state: 'UNKNOWN', since: null, why: null });
    expect(answer.pools[0]).toMatchObject({
      quorum: { state: 'unknown' },
      realServers: [{ alive: null }, {}],
    });
  });

  test('shows the servers of a first start that have nothing to tell yet as they are at a start', async () => {
    const here = office();
    const [key = ''] = configuration.virtualServers.map((one) => one.key);
    here.saves([{ key, quorum: 'up', servers: [] }]);
    const answer = await here.desk.status();
    expect(answer.pools[0]).toMatchObject({
      quorum: { state: 'up', weight: 4 },
      realServers: [
        { alive: true, checkers: [{ up: true, failures: 0 }] },
        { alive: true, checkers: [{ up: true, failures: 0 }] },
      ],
    });
  });

  test('does not call a master what core has withdrawn after the death of its worker', async () => {
    const here = office();
    here.reports();
    here.transits();
    here.withdraws();
    const { instances } = await here.desk.status();
    expect(instances[0]).toMatchObject({ state: 'UNKNOWN', since: null, why: { kind: 'withdrawn' } });
    const answer = await here.desk.why('VI_1');
    expect(answer).toMatchObject({ ok: true, value: { state: 'UNKNOWN', outlook: [] } });
  });

  test('does not ask workers that nobody needs', async () => {
    const here = office();
    here.workers.vrrp = 'unused';
    here.workers.healthcheck = 'unused';
    const { daemon } = await here.desk.status();
    expect(daemon.workers).toEqual({ vrrp: null, healthcheck: null });
    expect(here.told).toEqual([]);
  });

  test.each([
    ['Running', { applied: true, text: 'applied' }],
    ['Reload refused: no', { applied: false, text: 'Reload refused: no' }],
  ])('tells how the last reload ended: %s', async (verdict, expected) => {
    const here = office();
    here.reloads(configuration, verdict);
    expect((await here.desk.status()).daemon.lastReload).toMatchObject(expected);
  });
});

describe('why', () => {
  test('tells the last transitions, newest first, and what would change the state', async () => {
    const here = office();
    here.reports();
    here.transits({
      at: seconds(10),
      from: 'init',
      to: 'backup',
      cause: { kind: 'started', text: 'it started' },
    });
    here.transits();
    const answer = await here.desk.why('VI_1');
    if (!answer.ok) throw new TypeError(answer.error.message);
    expect(why.parse(answer.value)).toEqual(answer.value);
    expect(answer.value.transitions.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'BACKUP MASTER',
      'INIT BACKUP',
    ]);
    expect(answer.value.outlook[0]?.to).toBe('BACKUP');
  });

  test('remembers no more than twenty', async () => {
    const here = office();
    for (let i = 0; i < 30; i++) here.transits({ at: seconds(i) });
    const answer = await here.desk.why('VI_1');
    expect(answer.ok && answer.value.transitions.map(({ at }) => at).slice(0, 20)).toHaveLength(20);
    expect(answer.ok && answer.value.transitions).toHaveLength(20);
  });

  test('knows no instance that is not configured', async () => {
    expect(await office().desk.why('VI_2')).toMatchObject({
      ok: false,
      error: { remedy: 'did you mean VI_1?' },
    });
  });
});

test('each transition is an event', () => {
  const here = office();
  here.transits();
  expect(here.events.after(0, 9)).toMatchObject([
    {
      id: 'transition',
      at: '2027-01-15T08:01:30.000Z',
      text: '(VI_1) BACKUP -> MASTER: no master was heard for 3.609 s',
      fields: { instance: 'VI_1', from: 'BACKUP', to: 'MASTER', cause: 'master-silent' },
    },
  ]);
});

describe('handing over', () => {
  test('is told to the worker, and answered when it is done', async () => {
    const here = office();
    here.reports();
    const answer = await here.desk.handOver('VI_1', true);
    expect(answer).toMatchObject({
      ok: true,
      value: { handedOver: true, state: 'BACKUP', carriedOut: true },
    });
    expect(here.told).toContainEqual({ kind: 'handover', instance: 'VI_1', on: true });
    expect(here.desk.handedOver).toEqual(['VI_1']);
    await here.desk.handOver('VI_1', false);
    expect(here.desk.handedOver).toEqual([]);
  });

  test('a second time is answered at once, also where the instance serves again because nobody else does', async () => {
    const here = office();
    here.workers.vrrp = 'asleep';
    here.reports({ handedOver: true, phase: 'master' });
    expect(await here.desk.handOver('VI_1', true)).toMatchObject({
      value: { state: 'MASTER', carriedOut: true },
    });
  });

  test.each(['asleep', 'gone'] as const)('to a worker that is %s is noted, and said so', async (state) => {
    const here = office();
    here.workers.vrrp = state;
    here.reports();
    const asked = here.desk.handOver('VI_1', true);
    here.passes(seconds(1));
    expect(await asked).toMatchObject({ value: { handedOver: true, state: 'MASTER', carriedOut: false } });
    expect(here.desk.handedOver).toEqual(['VI_1']);
  });

  test('what is not configured changes nothing', async () => {
    const here = office();
    expect(await here.desk.handOver('VI_9', true)).toMatchObject({ ok: false });
    expect(here.told).toEqual([]);
  });
});

describe('orders for real servers', () => {
  const place = { virtualServer: '10.0.0.1:80', realServer: '10.0.1.2' };

  test.each([
    [{ ...place, action: 'drain' }, { kind: 'drain' }, 0],
    [{ ...place, action: 'disable' }, { kind: 'disable' }, 0],
    [{ ...place, action: 'weight', weight: 9 }, { kind: 'weight', weight: 9 }, 9],
    [{ ...place, action: 'enable' }, null, 2],
  ] as const)('%j', async (order, override, effective) => {
    const here = office();
    here.saves([healthy]);
    await here.desk.orderServer({ ...place, action: 'weight', weight: 100 });
    expect(await here.desk.orderServer(order)).toMatchObject({
      ok: true,
      value: {
        virtualServer: '[10.0.0.1]:tcp:80',
        realServer: '[10.0.1.2]:tcp:8080',
        override,
        carriedOut: true,
      },
    });
    const { pools } = await here.desk.status();
    expect(pools[0]).toMatchObject({
      quorum: { weight: effective },
      realServers: [{ override: null }, { override, weight: { configured: 2, effective } }],
    });
    const wishes =
      override === null ? {} : { '[10.0.0.1]:tcp:80': [{ server: '[10.0.1.2]:tcp:8080', override }] };
    expect(here.told.findLast(({ kind }) => kind === 'wishes')).toEqual({ kind: 'wishes', wishes });
    expect(here.desk.wishes).toEqual(wishes);
  });

  test.each([
    [{ ...place, virtualServer: '10.0.0.1:81' }, 'there is no virtual_server 10.0.0.1:81'],
    [{ ...place, realServer: '10.0.1.3' }, 'there is no real_server 10.0.1.3 of [10.0.0.1]:tcp:80'],
  ])('for %j name what is not there', async (wrong, what) => {
    const here = office();
    const answer = await here.desk.orderServer({ ...wrong, action: 'drain' });
    expect(answer).toMatchObject({ ok: false });
    expect(answer.ok ? '' : answer.error.message).toContain(what);
    expect(here.told).toEqual([]);
  });

  test('say, as the status does, that the kernel has no table which could follow them', async () => {
    const here = office();
    here.losesTable();
    const lacking = "the kernel's LVS table is not reached";
    const answer = await here.desk.orderServer({ ...place, action: 'drain' });
    expect(answer).toMatchObject({ ok: true, value: { text: expect.stringContaining(lacking) } });
    expect((await here.desk.status()).notes).toEqual([expect.stringContaining(lacking)]);
  });
});

describe('a reload', () => {
  test('keeps what operators want of what stays, and forgets the rest', async () => {
    const here = office();
    here.reports();
    await here.desk.handOver('VI_1', true);
    for (const realServer of ['10.0.1.1', '10.0.1.2'])
      await here.desk.orderServer({ virtualServer: '10.0.0.1:80', realServer, action: 'drain' });
    here.reloads({ ...configuration, virtualServers: [pool('10.0.0.1', 80, ['10.0.1.2'])] });
    expect(here.desk.handedOver).toEqual(['VI_1']);
    expect(Object.values(here.desk.wishes).flat()).toMatchObject([{ server: '[10.0.1.2]:tcp:8080' }]);
    here.reloads({ ...configuration, vrrpInstances: [], virtualServers: [] });
    expect(here.desk.handedOver).toEqual([]);
    expect(here.desk.wishes).toEqual({});
  });
});
