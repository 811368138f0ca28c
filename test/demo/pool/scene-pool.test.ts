import { expect, test } from 'vitest';
import { paintFor, plainWidth } from '../paint.ts';
import { pictureWidth } from '../picture.ts';
import type { Fact } from './facts.ts';
import { sceneOfThePool } from './scene-pool.ts';
import { emptyView, type View, withFact } from './view.ts';

/** The picture is drawn in second 100: 99 is the last one that is over. */
const now = 100.5e6;
const facts: readonly (readonly [number, Fact])[] = [
  [
    98,
    {
      kind: 'table',
      pools: {
        NAT: [
          { server: 'server1', weight: 3, active: 2 },
          { server: 'server2', weight: 0, active: 1 },
          { server: 'sorry', weight: 0, active: 0 },
        ],
        DR: [{ server: 'sorry', weight: 1, active: 12 }],
      },
    },
  ],
  [98, { kind: 'running', servers: ['server1', 'sorry'] }],
  [98, { kind: 'step', title: 'a step' }],
  [98, { kind: 'requests', pool: 'NAT', answered: { server1: 20 }, lost: 0 }],
  [99, { kind: 'requests', pool: 'NAT', answered: { server1: 10, server2: 1 }, lost: 4 }],
  [99, { kind: 'requests', pool: 'DR', answered: { sorry: 16 }, lost: 0 }],
];
const view = facts.reduce<View>((seen, [second, fact]) => withFact(seen, fact, second * 1e6), emptyView);
const draw = (colours: boolean, shown = view): readonly string[] =>
  sceneOfThePool(shown, '').draw({ began: 0, stepBegan: 0, lines: [] }, paintFor(colours), now);

/** One half of the line that begins with a server's name, its parts. */
const half = (server: string, which: 0 | 1): readonly string[] => {
  const line = draw(false).find((text) => text.includes(server)) ?? '';
  const middle = line.indexOf(server, line.indexOf(server) + 1) - 2;
  return (which === 0 ? line.slice(0, middle) : line.slice(middle)).trim().split(/\s+/);
};

test.each([
  // server    pool  mark, name, weight, active, answers of the last two seconds, rate
  ['server1', 0, ['●', 'server1', '3', '2', '█▄', '10'], 'serves by NAT'],
  ['server2', 0, ['○', 'server2', '0', '1', '▁', '1'], 'is drained, and has died'],
  ['sorry', 0, ['●', 'sorry', '0', '0'], 'rests'],
  ['server1', 1, ['●', 'server1', '-', '-'], 'is not in the other pool'],
  ['sorry', 1, ['●', 'sorry', '1', '12', '▇', '16'], 'serves by DR'],
  ['server4', 0, ['○', 'server4', '-', '-'], 'is nowhere yet'],
] as const)('%s in pool %i is drawn as %j: it %s', (server, which, parts, _what) => {
  expect(half(server, which)).toEqual(parts);
});

test('what was lost is marked in its second and counted for the step', () => {
  expect(draw(false).find((line) => line.includes(' lost '))).toMatch(/× +4/);
  expect(draw(false).at(-1)).toContain('this step: 47 answered, 4 lost');
});

test.each([
  ['before anything is known', emptyView],
  ['in the middle of the story', view],
] as const)('no line is wider than the picture %s', (_when, shown) => {
  for (const line of draw(true, shown)) expect(plainWidth(line)).toBeLessThanOrEqual(pictureWidth);
});
