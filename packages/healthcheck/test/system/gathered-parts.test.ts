import { expect, test } from 'vitest';
import { gatheredParts } from '../../src/system/gathered-parts.ts';
import { pace, realServer, tcpCheck, virtualServer } from '../logic/virtual-servers.ts';

const pool = (key: string, retry = 1) =>
  virtualServer({
    key,
    realServers: [1, 2].map((n) => realServer(n, { checkers: [tcpCheck({ retry }, n)] })),
  });
const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const keys = (servers: readonly { readonly key: string }[]): string => servers.map(({ key }) => key).join('');

test('what came in parts stands before what comes with the message', () => {
  const parts = gatheredParts();
  parts.add({ kind: 'part', at: 0, virtualServers: [pool('A'), pool('B')] });
  parts.add({ kind: 'part', at: 2, virtualServers: [pool('C')] });
  expect(keys(parts.take(3, [pool('D')]))).toBe('ABCD');
  expect(keys(parts.take(0, [pool('E')])), 'once').toBe('E');
});

test.each([
  [
    'another long list',
    (parts: ReturnType<typeof gatheredParts>) =>
      parts.add({ kind: 'part', at: 0, virtualServers: [pool('C')] }),
    1,
    'CD',
  ],
  ['a short one', () => undefined, 0, 'D'],
] as const)('parts whose message never came are not part of %s', (_what, come, before, all) => {
  const parts = gatheredParts();
  parts.add({ kind: 'part', at: 0, virtualServers: [pool('A'), pool('B')] });
  come(parts);
  expect(keys(parts.take(before, [pool('D')]))).toBe(all);
});

test('a list with a gap is none: nothing is taken away for it', () => {
  const parts = gatheredParts();
  parts.add({ kind: 'part', at: 0, virtualServers: [pool('A')] });
  expect(() => parts.take(2, [pool('C')])).toThrow('2 virtual servers came before this message, 1 are here');
});

test('what is alike is kept once, and what is not stays as it was', () => {
  const pools = [pool('A'), pool('B'), pool('C', 7), pool('D')];
  const taken = gatheredParts().take(0, sent(pools));
  expect(taken).toEqual(sent(pools));
  const paces = taken.flatMap(({ realServers }) =>
    realServers.flatMap(({ checkers }) => checkers.map((one) => one.pace)),
  );
  expect(new Set(paces).size).toBe(3);
  expect(paces[4]).toEqual({ ...pace, retry: 7 });
});
