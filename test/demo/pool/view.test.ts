import { expect, test } from 'vitest';
import { type Fact, readFact } from './facts.ts';
import { emptyView, secondsKept, type View, withFact } from './view.ts';

const requests = (answered: Readonly<Record<string, number>>, lost = 0): Fact => ({
  kind: 'requests',
  pool: 'DR',
  answered,
  lost,
});

/** The view after facts, each with the second in which it was read. */
const after = (...facts: readonly (readonly [number, Fact])[]): View =>
  facts.reduce((view, [second, fact]) => withFact(view, fact, second * 1e6 + 17), emptyView);

test('requests of one second are added up, of one pool only', () => {
  const view = after(
    [5, requests({ server1: 2 }, 2)],
    [5, requests({ server1: 1, server2: 4 }, 3)],
    [6, requests({})],
  );
  expect(view.pools.DR.seconds).toEqual([
    { second: 5, answered: { server1: 3, server2: 4 }, lost: 5 },
    { second: 6, answered: {}, lost: 0 },
  ]);
  expect(view.pools.NAT.seconds).toEqual([]);
  expect(view).toMatchObject({ answered: 7, lost: 5 });
});

test('a new step counts from zero, and what was seen stays', () => {
  const view = after([1, requests({ server1: 2 }, 1)], [2, { kind: 'step', title: 'next' }]);
  expect(view).toMatchObject({ answered: 0, lost: 0 });
  expect(view.pools.DR.seconds).toHaveLength(1);
});

test('no more seconds are kept than are shown', () => {
  const view = after(
    ...Array.from({ length: 100 }, (_, second) => [second, requests({ sorry: 1 })] as const),
  );
  expect(view.pools.DR.seconds).toHaveLength(secondsKept + 1);
  expect(view.pools.DR.seconds.at(-1)?.second).toBe(99);
});

test.each([
  ['{"kind":"step","title":"one"}', { kind: 'step', title: 'one' }],
  ['{"kind":"step","tit', undefined],
  ['(node:1) Warning: something', undefined],
  ['', undefined],
] as const)('the line %j is read as %j', (line, fact) => {
  expect(readFact(line)).toEqual(fact);
});
