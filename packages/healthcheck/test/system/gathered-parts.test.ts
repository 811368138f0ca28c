import { expect, test } from 'vitest';
import { packServers } from '../../src/pack-servers.ts';
import { gatheredParts } from '../../src/system/gathered-parts.ts';
import { virtualServer } from '../logic/virtual-servers.ts';

const pool = (key: string) => virtualServer({ key });
const keys = (servers: readonly { readonly key: string }[]): string => servers.map(({ key }) => key).join('');

test('what came in parts stands before what comes with the message', () => {
  const parts = gatheredParts();
  parts.add({ kind: 'part', at: 0, virtualServers: packServers([pool('A'), pool('B')]) });
  parts.add({ kind: 'part', at: 2, virtualServers: packServers([pool('C')]) });
  expect(keys(parts.take(3, packServers([pool('D')])))).toBe('ABCD');
  expect(keys(parts.take(0, packServers([pool('E')]))), 'once').toBe('E');
});

test.each([
  [
    'another long list',
    (parts: ReturnType<typeof gatheredParts>) =>
      parts.add({ kind: 'part', at: 0, virtualServers: packServers([pool('C')]) }),
    1,
    'CD',
  ],
  ['a short one', () => undefined, 0, 'D'],
] as const)('parts whose message never came are not part of %s', (_what, come, before, all) => {
  const parts = gatheredParts();
  parts.add({ kind: 'part', at: 0, virtualServers: packServers([pool('A'), pool('B')]) });
  come(parts);
  expect(keys(parts.take(before, packServers([pool('D')])))).toBe(all);
});

test('a list with a gap is none: nothing is taken away for it', () => {
  const parts = gatheredParts();
  parts.add({ kind: 'part', at: 0, virtualServers: packServers([pool('A')]) });
  expect(() => parts.take(2, packServers([pool('C')]))).toThrow(
    '2 virtual servers came before this message, 1 are here',
  );
});
