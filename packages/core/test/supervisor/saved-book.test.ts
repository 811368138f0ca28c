import { nothingSaved, type SavedPools } from '@holdfast/healthcheck';
import { expect, test } from 'vitest';
import { savedBook } from '../../src/supervisor/saved-book.ts';

const pool = (key: string, alive: boolean): SavedPools['pools'][number] => ({
  key,
  quorum: 'up',
  servers: [{ key: 's', alive, checkers: [] }],
});

test.each([1, 3, 1000])('the last of %i words on a pool counts, and what nobody speaks of stays', (words) => {
  const book = savedBook({ ...nothingSaved, pools: [pool('A', true), pool('B', true)], settled: ['A', 'B'] });
  for (let i = 1; i <= words; i++) {
    book.note({ ...nothingSaved, pools: [pool('A', i < words)], settled: ['A'] });
    book.note({ ...nothingSaved, unsettled: ['A'] });
  }
  expect(book.read()).toEqual({
    pools: [pool('A', false), pool('B', true)],
    written: undefined,
    settled: ['B'],
    unsettled: ['A'],
  });
});

test('a change knows what was noted before it', () => {
  const book = savedBook();
  book.note({ ...nothingSaved, pools: [pool('A', true)] });
  book.change((saved) => ({ ...saved, pools: saved.pools.filter(({ key }) => key !== 'A') }));
  expect(book.read().pools).toEqual([]);
});
