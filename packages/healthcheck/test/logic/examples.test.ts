import { address, seconds } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { desiredPools, initialState, savedPool, step, withoutGone } from '../../src/index.ts';
import { drive } from './driver.ts';
import { httpGet, miscCheck, realServer, sorry, tcpCheck, virtualServer } from './virtual-servers.ts';

const good = { kind: 'success' } as const;
const bad = { kind: 'failure', reason: 'connection refused' } as const;
const vs = 'VS [10.9.0.100]:tcp:80';
const [one, two] = ['[10.9.1.1]:tcp:80', '[10.9.1.2]:tcp:80'];
const shutDown = [one, two].map((server) => `Shutting down service ${server} from ${vs}`);
const removed = [`Removing Virtual Server ${vs.slice(3)}`, `Removing service ${two} from ${vs}`];
/** One failure is enough. */
const impatient = { checkers: [tcpCheck({ retry: 0 })] };

describe('the order: first the log, then the kernel, then scripts, the server before the quorum', () => {
  const config = virtualServer({
    realServers: [realServer(1, impatient)],
    sorryServer: sorry(9),
  });

  test('without alpha everything is there at once', () => {
    const health = drive(config);
    expect(health.said).toEqual([`Gained quorum 1+0=1 <= 1 for ${vs}`, 'plan', 'quorum_up']);
    expect(health.table()).toEqual(['10.9.1.1:80 w1']);
  });

  test('with rs_init_notifies servers hear that they are in the pool from the start, after a death not again', () => {
    const alpha = { checkers: [tcpCheck({ alpha: true })] };
    const loud = {
      ...config,
      initialNotifies: true,
      realServers: [realServer(1, impatient), realServer(2, alpha)],
    };
    const health = drive(loud);
    expect(health.said.filter((text) => text.startsWith('notify'))).toEqual([`notify_up ${one}`]);
    expect(drive(loud, savedPool(loud, health.state)).said).toEqual(['plan']);
    const more = { ...loud, realServers: [...loud.realServers, realServer(3, impatient)] };
    expect(health.reloads(more)).toContain('notify_up [10.9.1.3]:tcp:80');
    expect(health.reloads(more)).toEqual(['plan']);
  });

  test('the last server goes, the sorry server comes, and back', () => {
    const health = drive(config);
    expect(health.checked(0, bad)).toEqual([
      `TCP_CHECK on service ${one} failed. (connection refused)`,
      `Removing service ${one} from ${vs}`,
      `Lost quorum 1-0=1 > 0 for ${vs}`,
      `Adding sorry server [10.9.1.9]:tcp:80 to ${vs}`,
      `Removing alive servers from the pool for ${vs}`,
      'plan',
      `notify_down ${one}`,
      'quorum_down',
    ]);
    expect(health.table()).toEqual(['10.9.1.9:80 w1']);
    expect(health.checked(0, good)).toEqual([
      `TCP connection to ${one} success.`,
      `Adding service ${one} to ${vs}`,
      `Gained quorum 1+0=1 <= 1 for ${vs}`,
      `Removing sorry server [10.9.1.9]:tcp:80 from ${vs}`,
      `Adding alive servers to the pool for ${vs}`,
      'plan',
      `notify_up ${one}`,
      'quorum_up',
    ]);
    expect(health.table()).toEqual(['10.9.1.1:80 w1']);
  });

  test.each([
    // sorry server, what the start makes
    [
      sorry(9),
      ['Adding sorry server [10.9.1.9]:tcp:80 to', 'Removing alive servers from the pool for'],
      ['quorum_down'],
    ],
    [undefined, [], []],
  ] as const)('with alpha and the sorry server %j it begins without quorum', (sorryServer, logs, calls) => {
    const alpha = [realServer(1, { checkers: [tcpCheck({ alpha: true })] })];
    expect(drive(virtualServer({ sorryServer, realServers: alpha })).said).toEqual([
      `Starting with quorum down 1+0=1 > 0 for ${vs}`,
      ...logs.map((text) => `${text} ${vs}`),
      'plan',
      ...calls,
    ]);
  });

  test('the first failure of an alpha server, which was never up, is told once', () => {
    const health = drive(
      virtualServer({
        realServers: [realServer(1, { checkers: [tcpCheck({ alpha: true })] }), realServer(2)],
      }),
    );
    expect(health.checked(0, bad)).toContain(`notify_down ${one}`);
    expect(health.checked(0, bad)).toEqual([]);
    expect(health.checked(0, good)).toContain(`notify_up ${one}`);
  });
});

test('a server is down with the first failed checker and up when the last recovers', () => {
  const checkers = [tcpCheck({ retry: 0 }), miscCheck({}, false)];
  const health = drive(virtualServer({ realServers: [realServer(1, { checkers }), realServer(2)] }));
  const alive = (): boolean | undefined => health.state.servers[0]?.alive;
  const result = (checker: number, kind: typeof good | typeof bad): void => {
    while (health.state.servers[0]?.checkers[checker]?.running === undefined) {
      health.now = seconds(health.now / 1e6 + 0.5);
      health.happens({ kind: 'deadline' });
    }
    const run = health.state.servers[0]?.checkers[checker]?.running ?? 0;
    health.happens({ kind: 'finished', run, result: kind });
  };
  const history = [
    [0, bad],
    [1, bad],
    [0, good],
    [1, good],
  ] as const;
  expect(history.map(([checker, kind]) => [result(checker, kind), alive()][1])).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

test.each([
  // attempts                       lines in the log when all failures are logged
  [false, [[], [], ['failed after 2 retries.']]],
  [true, [['failed on retry 0/2.'], ['failed on retry 1/2.'], ['failed after 2 retries.']]],
] as const)('with log_all_failures %s attempts are told', (logAllFailures, expected) => {
  const checkers = [tcpCheck({ retry: 2, logAllFailures })];
  const health = drive(virtualServer({ realServers: [realServer(1, { checkers }), realServer(2)] }));
  health.checked(0, good);
  const lines = expected.map(() =>
    health
      .checked(0, bad)
      .filter((line) => line.includes('TCP_CHECK'))
      .map((line) => line.replace(`TCP_CHECK on service ${one} `, '').replace(' (connection refused)', '')),
  );
  expect(lines).toEqual(expected);
});

test('what cannot be checked from here is told once per change and changes nothing', () => {
  const health = drive(virtualServer());
  const result = (reason: string): number => health.checked(0, { kind: 'local-error', reason }).length;
  expect(['EMFILE', 'EMFILE', 'EADDRNOTAVAIL', 'EMFILE'].map(result)).toEqual([1, 0, 1, 1]);
  expect(health.table()).toEqual(['10.9.1.1:80 w1', '10.9.1.2:80 w1']);
});

test.each([
  // exit status less 2   table                              what else
  [
    { ...good, weight: 7 },
    ['10.9.1.1:80 w7'],
    `Changing weight from 3 to 7 for active service ${one} of ${vs}`,
  ],
  [{ ...good, weight: 0 }, ['10.9.1.1:80 w0'], `Lost quorum 1-0=1 > 0 for ${vs}`],
  [good, ['10.9.1.1:80 w3'], undefined],
  [bad, [], `notify_down ${one}`],
] as const)('misc_dynamic: %j makes %j', (result, table, line) => {
  const checkers = [miscCheck()];
  const health = drive(virtualServer({ realServers: [realServer(1, { weight: 3, checkers })] }));
  const said = health.checked(0, result);
  if (line !== undefined) expect(said).toContain(line);
  expect(health.table()).toEqual(table);
});

describe('what stays at weight 0 instead of going', () => {
  const config = virtualServer({
    realServers: [realServer(1, { ...impatient, inhibitOnFailure: true })],
    sorryServer: sorry(9),
    sorryServerInhibit: true,
  });

  test('inhibit_on_failure and sorry_server_inhibit', () => {
    const health = drive(config);
    expect(health.table()).toEqual(['10.9.1.1:80 w1', '10.9.1.9:80 w0']);
    const said = health.checked(0, bad);
    expect(said).toContain(`Disabling service ${one} of ${vs}`);
    expect(said).toContain(`Enabling sorry server [10.9.1.9]:tcp:80 of ${vs}`);
    expect(health.table()).toEqual(['10.9.1.1:80 w0', '10.9.1.9:80 w1']);
  });

  test('a sorry server that is a real server too is there once', () => {
    const health = drive({ ...config, sorryServer: sorry(1) });
    expect(health.table()).toEqual(['10.9.1.1:80 w1']);
    health.checked(0, bad);
    expect(health.table()).toEqual(['10.9.1.1:80 w1']);
  });
});

test.each([
  // omega  deleted  what is said
  [true, false, [...shutDown, `notify_down ${two}`, 'quorum_down']],
  [true, true, [...removed, `notify_down ${two}`, 'quorum_down']],
  [false, false, shutDown],
  [false, true, [...removed, `notify_down ${two}`, 'quorum_down']],
] as const)('at the end, omega %s, deleted %s: %j', (omega, deleted, expected) => {
  const health = drive(virtualServer({ omega, realServers: [realServer(1, impatient), realServer(2)] }));
  health.checked(0, bad);
  health.happens({ kind: 'deadline' });
  const said = health.happens({ kind: 'stop', deleted });
  expect(said.filter((line) => !line.startsWith('cancel'))).toEqual(expected);
  expect(health.happens({ kind: 'deadline' })).toEqual([]);
});

describe('ha_suspend', () => {
  const config = virtualServer({ haSuspend: true, realServers: [realServer(1)] });

  test('nothing is checked while the address is elsewhere, and the rhythm is kept', () => {
    const health = drive(config);
    expect(health.happens({ kind: 'address-present', present: false })).toEqual([
      `Suspending healthchecker for service ${one} for ${vs}`,
    ]);
    health.now = seconds(30);
    expect(health.happens({ kind: 'deadline' })).toEqual([]);
    expect(health.happens({ kind: 'address-present', present: true })).toEqual([]);
    // First due at 11 s, then every 6 s.
    expect(health.state.servers[0]?.checkers[0]?.nextAt).toBe(seconds(35));
  });

  test('a check under way is given up, and its result does not count', () => {
    const health = drive(config);
    health.now = seconds(11);
    expect(health.happens({ kind: 'deadline' })).toEqual(['check 0.0']);
    expect(health.happens({ kind: 'address-present', present: false })).toContain('cancel 1');
    const before = health.state;
    health.happens({ kind: 'finished', run: 1, result: bad });
    expect(health.state).toBe(before);
  });

  test('without the keyword the address does not matter', () => {
    const health = drive(virtualServer());
    expect(health.happens({ kind: 'address-present', present: false })).toEqual([]);
    expect(health.state.suspended).toBe(false);
  });
});

describe('reload', () => {
  const config = virtualServer({ realServers: [realServer(1, impatient), realServer(2)] });

  test('a check under way goes on in its new place', () => {
    const health = drive(config);
    health.now = seconds(11);
    health.happens({ kind: 'deadline' });
    expect(health.reloads({ ...config, realServers: config.realServers.toReversed() })).toEqual(['plan']);
    health.happens({ kind: 'finished', run: 1, result: bad });
    expect(health.table()).toEqual(['10.9.1.2:80 w1']);
  });

  test.each([
    // how the checker is edited                          does it go on
    ['patience', tcpCheck({ retry: 3, delayLoop: seconds(60) }), true],
    ['port', tcpCheck({ retry: 0 }, 8080), false],
    ['kind', httpGet(['/'], { retry: 0 }), false],
  ] as const)('a checker with another %s', (_what, checker, goesOn) => {
    const health = drive(config);
    health.checked(0, bad);
    health.reloads({ ...config, realServers: [realServer(1, { checkers: [checker] }), realServer(2)] });
    expect(health.state.servers[0]?.alive).toBe(!goesOn);
  });

  test('a dead server that has lost its failed checker is up at once', () => {
    const health = drive(config);
    health.checked(0, bad);
    expect(
      health.reloads({ ...config, realServers: [realServer(1, { checkers: [] }), realServer(2)] }),
    ).toEqual([`Adding service ${one} to ${vs}`, 'plan', `notify_up ${one}`]);
  });

  test('a server that has left the file is down', () => {
    const health = drive(config);
    expect(health.reloads({ ...config, realServers: [realServer(1, impatient)] })).toEqual([
      `service ${two} no longer exist`,
      `Removing service ${two} from ${vs}`,
      `notify_down ${two}`,
      'plan',
    ]);
  });

  test('a server that has left takes its check with it', () => {
    const health = drive(config);
    health.now = seconds(11);
    expect(health.happens({ kind: 'deadline' })).toEqual(['check 0.0', 'check 1.0']);
    expect(health.reloads({ ...config, realServers: [realServer(1, impatient)] })).toContain('cancel 2');
  });

  test('the living are back when a sorry server that stood has left the file', () => {
    const withSorry = { ...config, quorum: 2, sorryServer: sorry(9) };
    const health = drive(withSorry);
    health.checked(0, bad);
    expect(health.table()).toEqual(['10.9.1.9:80 w1']);
    health.reloads({ ...withSorry, sorryServer: undefined });
    expect(health.table()).toEqual(['10.9.1.2:80 w1']);
  });
});

test('a successor keeps a dead server out, also one whose checkers are not the same any more', () => {
  const config = virtualServer({ realServers: [realServer(1, impatient), realServer(2)] });
  const health = drive(config);
  health.checked(0, bad);
  const saved = savedPool(config, health.state);
  const more = [tcpCheck({ retry: 0 }), tcpCheck({}, 81)];
  for (const checkers of [impatient.checkers, more]) {
    const successor = drive({ ...config, realServers: [realServer(1, { checkers }), realServer(2)] }, saved);
    expect(successor.said).toEqual(['plan']);
    expect(successor.table()).toEqual(['10.9.1.2:80 w1']);
  }
});

test('a successor goes on with the url that has failed, and looks at all of them again when it answers', () => {
  const config = virtualServer({
    realServers: [realServer(1, { checkers: [httpGet(['/a', '/b', '/c'], { retry: 0 })] })],
  });
  const health = drive(config);
  health.checked(0, good);
  health.checked(0, bad);
  const polling = health.state.servers[0]?.checkers[0];
  expect(polling).toMatchObject({ url: 1, polling: true, up: false });
  const successor = drive(config, savedPool(config, health.state));
  expect(successor.state.servers[0]?.checkers[0]).toMatchObject({ url: 1, polling: true, up: false });
  const fewer = virtualServer({ realServers: [realServer(1, { checkers: [httpGet(['/a'])] })] });
  expect(drive(fewer, savedPool(config, health.state)).state.servers[0]?.checkers[0]).toMatchObject({
    url: 0,
    polling: false,
    up: false,
  });
  for (let i = 0; i < 4; i++) successor.checked(0, good);
  expect(successor.state.servers[0]?.alive).toBe(true);
});

test('what has left the file is forgotten', () => {
  const checkers = [{ up: true, hasRun: true, failures: 0, weightOffset: 0 }];
  const server = (key: string) => ({ key, alive: true, checkers });
  const pool = (key: string) => ({ key, quorum: 'up', servers: [server('a'), server('b')] }) as const;
  const saved = { pools: [pool('A'), pool('B')], written: [], settled: ['A', 'B'], unsettled: [] };
  expect(withoutGone(saved, new Map([['A', new Set(['b', 'c'])]]))).toEqual({
    pools: [{ ...pool('A'), servers: [server('b')] }],
    written: [],
    settled: ['A'],
    unsettled: [],
  });
});

test('a virtual server has as many services as addresses, each server with the port it needs', () => {
  const config = virtualServer({
    services: [
      { kind: 'address', address: address('10.9.0.100'), port: 80 },
      { kind: 'address', address: address('10.9.0.100'), port: 81 },
      { kind: 'fwmark', family: 4, mark: 7 },
      { kind: 'fwmark', family: 6, mark: 7 },
    ],
    realServers: [realServer(1, { port: 0, checkers: [] })],
  });
  const health = drive(config);
  expect(health.tables()).toEqual([
    'tcp 10.9.0.100:80: 10.9.1.1:80 w1',
    'tcp 10.9.0.100:81: 10.9.1.1:81 w1',
    'fwmark 7 (IPv4): 10.9.1.1:0 w1',
    'fwmark 7 (IPv6): ',
  ]);
});

test.each([
  // the service's address  persistence_granularity      as the kernel takes it
  ['10.9.0.100', undefined, { family: 4, mask: '255.255.255.255' }],
  ['10.9.0.100', address('255.255.0.255'), { family: 4, mask: '255.255.0.255' }],
  ['10.9.0.100', 20, { family: 4, mask: '255.255.240.0' }],
  ['10.9.0.100', 0, { family: 4, mask: '0.0.0.0' }],
  ['fd00::100', undefined, { family: 6, prefixLength: 128 }],
  ['fd00::100', 48, { family: 6, prefixLength: 48 }],
] as const)('persistence at %s with granularity %s is %j', (at, netmask, granularity) => {
  const config = virtualServer({
    services: [{ kind: 'address', address: address(at), port: 80 }],
    persistence: { timeout: 50, netmask },
  });
  const [pool] = desiredPools(config, initialState).values();
  expect(pool?.service.persistence).toEqual({ timeout: 50, granularity });
});

test.each([
  // lb_kind                                            servers of an IPv6 service
  [{ method: 'NAT' }, ['[fd00::2]:80']],
  [{ method: 'TUN', tunnel: { type: 'ipip' } }, ['10.9.1.1:80', '[fd00::2]:80']],
] as const)('with %j an IPv6 service has %j of two families', (forwarding, expected) => {
  const realServers = [address('10.9.1.1'), address('fd00::2')].map((at, i) =>
    realServer(i + 1, { address: at, forwarding, checkers: [] }),
  );
  const services = [{ kind: 'address', address: address('fd00::100'), port: 80 }] as const;
  const config = virtualServer({ services, realServers });
  const { state } = step(config, initialState, { kind: 'start', saved: undefined, chance: [] }, seconds(1));
  const [pool] = desiredPools(config, state).values();
  expect([...(pool?.servers.keys() ?? [])]).toEqual(expected);
});
