import type { Checker, CheckTarget, RealServer, VirtualServer } from '@holdfast/config';
import { address, seconds } from '@holdfast/kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packServers } from '../src/pack-servers.ts';
import { unpackServers } from '../src/packed-servers.ts';
import { httpGet, miscCheck, pace, realServer, tcpCheck, virtualServer } from './logic/virtual-servers.ts';

/** As it comes out of the channel. */
const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const travelled = (servers: readonly VirtualServer[]): readonly VirtualServer[] =>
  unpackServers(sent(packServers(servers)));

const number = fc.integer({ min: 1, max: 3 });
const anAddress = number.map((n) => address(`10.9.1.${n}`));
const text = fc.option(fc.constantFrom('a', 'b'), { nil: undefined });
const command = fc.option(
  text.map((user) => ({
    argv: ['/bin/tell', user ?? ''] as const,
    runAs: user === undefined ? undefined : { user, group: undefined },
  })),
  { nil: undefined },
);
/** Few values of each field: neighbours are alike in most of them. */
const target: fc.Arbitrary<CheckTarget> = fc.record({
  address: anAddress,
  port: number,
  bindTo: fc.option(anAddress, { nil: undefined }),
  bindPort: fc.option(number, { nil: undefined }),
  bindInterface: text,
  fwmark: fc.option(number, { nil: undefined }),
  connectTimeout: number.map(seconds),
});
const checker: fc.Arbitrary<Checker> = fc.oneof(
  target.map((to): Checker => ({ kind: 'TCP_CHECK', pace, target: to })),
  fc
    .tuple(target, text, fc.boolean())
    .map(([to, virtualhost, enableSni]) =>
      httpGet(
        virtualhost === undefined ? ['/'] : ['/', virtualhost],
        {},
        { target: to, virtualhost, enableSni },
      ),
    ),
  fc.boolean().map((dynamic) => miscCheck({ retry: 2 }, dynamic)),
  fc.constant<Checker>({ ...tcpCheck({ alpha: true }) }),
);
const aServer: fc.Arbitrary<RealServer> = fc.record({
  key: fc.constantFrom('A', 'B', 'C'),
  address: anAddress,
  port: number,
  forwarding: fc.constantFrom<RealServer['forwarding']>(
    { method: 'NAT' },
    { method: 'DR' },
    { method: 'TUN', tunnel: { type: 'ipip' } },
    { method: 'TUN', tunnel: { type: 'gue', port: 5, checksum: 'csum' } },
    { method: 'TUN', tunnel: { type: 'gue', port: 5, checksum: 'nocsum' } },
  ),
  weight: number,
  inhibitOnFailure: fc.boolean(),
  upperThreshold: number,
  lowerThreshold: number,
  notifyUp: command,
  notifyDown: command,
  virtualhost: text,
  checkers: fc.array(checker, { maxLength: 3 }),
});
const aVirtualServer: fc.Arbitrary<VirtualServer> = fc
  .record({
    key: fc.constantFrom('A', 'B', 'C'),
    quorum: number,
    quorumUp: command,
    persistence: fc.option(fc.record({ timeout: number, netmask: fc.constantFrom(24, undefined) }), {
      nil: undefined,
    }),
    schedulerFlags: fc.record({ flag1: fc.boolean(), flag2: fc.constant(false), flag3: fc.constant(false) }),
    sorryServer: fc.option(
      aServer.map(({ address: at, port, forwarding }) => ({ address: at, port, forwarding })),
      {
        nil: undefined,
      },
    ),
    services: fc.array(
      fc.record({ kind: fc.constant('address' as const), address: anAddress, port: number }),
    ),
    realServers: fc.array(aServer, { maxLength: 6 }),
  })
  .map((some) => virtualServer(some));

test('whatever virtual servers travel, the same arrive', () => {
  fc.assert(
    fc.property(fc.array(aVirtualServer, { maxLength: 5 }), (servers) => {
      expect(travelled(servers)).toEqual(sent(servers));
    }),
  );
});

const checked = (n: number, checkers: readonly Checker[] = [aimedAt(n)]): RealServer =>
  realServer(n, { checkers });
const aimedAt = (n: number, port = 80): Checker => {
  const checker = tcpCheck({}, port);
  return 'target' in checker
    ? { ...checker, target: { ...checker.target, address: address(`10.9.1.${n}`) } }
    : checker;
};

test.each([
  // real servers                                                          kinds
  ['servers with a check each of its own address', [checked(1), checked(2), checked(3)], 1],
  ['a check of another port', [checked(1, [aimedAt(1, 81)]), checked(2, [aimedAt(2, 81)])], 1],
  ['checks of one other address', [checked(1, [aimedAt(9)]), checked(2, [aimedAt(9)])], 1],
  [
    'a check of its own address beside one of another',
    [checked(1, [aimedAt(1)]), checked(2, [aimedAt(1)])],
    2,
  ],
  ['two in turn', [checked(1), checked(2, []), checked(3), checked(4, [])], 2],
  ['a program beside a connection', [checked(1), checked(2, [miscCheck()]), checked(3, [miscCheck()])], 2],
  ['servers that differ in their weight', [checked(1), realServer(2, { weight: 7, checkers: [] })], 2],
] as const)('%s: as many kinds as there are', (_what, realServers, kinds) => {
  const servers = [virtualServer({ realServers })];
  expect(packServers(servers).realExamples).toHaveLength(kinds);
  expect(travelled(servers)).toEqual(sent(servers));
});

/** The same but for one of its numbers, words and truths. */
function withOther<Whole>(whole: Whole, place: number): Whole {
  let leaf = 0;
  const other = (value: unknown): unknown => {
    if (typeof value === 'object' || leaf++ !== place) return value;
    if (typeof value === 'number') return value + 1;
    return typeof value === 'boolean' ? !value : `${value}x`;
  };
  return JSON.parse(JSON.stringify(whole), (_name, value: unknown) => other(value));
}

function leavesOf(whole: unknown): number {
  let leaves = 0;
  JSON.parse(JSON.stringify(whole), (_name, value: unknown) => {
    if (typeof value !== 'object') leaves++;
    return value;
  });
  return leaves;
}

test('virtual servers that differ in any one thing arrive with it', () => {
  const tell = { argv: ['/bin/tell', 'it'] as const, runAs: { user: 'a', group: 'b' } };
  const checkers = [aimedAt(1), httpGet(['/', '/b'], {}, { virtualhost: 'v', sniName: 's' }), miscCheck()];
  const real = realServer(1, {
    checkers,
    notifyUp: tell,
    virtualhost: 'v',
    forwarding: { method: 'TUN', tunnel: { type: 'gue', port: 5, checksum: 'csum' } },
  });
  const server = virtualServer({
    realServers: [real],
    quorumUp: tell,
    persistence: { timeout: 5, netmask: 24 },
  });
  const leaves = leavesOf(server);
  expect(leaves).toBeGreaterThan(70);
  for (let place = 0; place < leaves; place++) {
    const servers = [server, withOther(server, place), server];
    expect(travelled(servers), `place ${place}`).toEqual(sent(servers));
  }
});

test('virtual servers that are alike are of one kind, and what is alike is kept once', () => {
  const servers = ['A', 'B'].map((key) => virtualServer({ key, realServers: [checked(1), checked(2)] }));
  expect(packServers(servers).virtualExamples).toHaveLength(1);
  const arrived = travelled(servers).flatMap(({ realServers }) => realServers);
  expect(new Set(arrived.map(({ forwarding }) => forwarding)).size).toBe(1);
  expect(new Set(arrived.flatMap(({ checkers }) => checkers.map((one) => one.pace))).size).toBe(1);
});

test('a file of which no two servers are alike is packed without comparing all with all', () => {
  const servers = Array.from({ length: 20_000 }, (_, n) => realServer(1, { weight: n }));
  expect(packServers([virtualServer({ realServers: servers })]).realExamples).toHaveLength(20_000);
});

test('a kind that is not there is no server', () => {
  const packed = packServers([virtualServer()]);
  expect(() => unpackServers({ ...packed, realExamples: [] })).toThrow('example 0 of 0');
});
