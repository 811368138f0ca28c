import { expect, test } from 'vitest';
import { heapFor } from '../../src/supervisor/heap-for.ts';
import { global, poolsOf } from './slice.ts';

test.each([
  ['no virtual server', [], 0],
  ['a few', [1, 3], 0],
  ['just not many', [1000, 999], 0],
  ['two thousand', [1000, 1000], 8],
  ['a fifth of it more', [1000, 1400], 10],
  ['ten thousand in many', Array.from({ length: 1000 }, () => 10), 40],
])('megabytes for the real servers of %s', (_, counts, megabytes) => {
  expect(heapFor({ global, virtualServers: poolsOf(counts) })).toBe(megabytes);
});
