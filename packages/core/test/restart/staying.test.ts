import { micros, seconds } from '@holdfast/kit';
import type { SavedInstance } from '@holdfast/vrrp';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lifetimeOf, staying } from '../../src/restart/staying.ts';

const instance = (name: string, phase: SavedInstance['phase'], interval: number): SavedInstance => ({
  name,
  phase,
  lastAdvertAt: seconds(1),
  masterAdvertInterval: seconds(1),
  masterDownInterval: seconds(interval),
  addresses: [],
  scripts: [],
});

test('all stay but masters whose backups take over in less than a second', () => {
  const instances = [
    instance('slow', 'master', 3),
    instance('a second', 'master', 1),
    instance('quick', 'master', 0.99),
    instance('quick, but listening', 'backup', 0.3),
    instance('broken', 'fault', 0.3),
  ];
  expect(staying(instances).map(({ name }) => name)).toEqual([
    'slow',
    'a second',
    'quick, but listening',
    'broken',
  ]);
});

test.each([
  [1, 1],
  [1.5, 1],
  [2.1, 1],
  [3, 2],
  [3.5, 3],
  [30, 29],
])('with a Master_Down_Interval of %d s addresses may be left alone for %d s', (interval, lifetime) => {
  expect(lifetimeOf(instance('x', 'master', interval))).toBe(lifetime);
});

test('an address is away before a backup serves, though the kernel be 0.4 s late', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_400_000, max: 765_000_000 }), (interval) => {
      const life = lifetimeOf({ ...instance('x', 'master', 1), masterDownInterval: micros(interval) });
      expect(life).toBeGreaterThanOrEqual(1);
      expect(life * 1e6 + 400_000).toBeLessThanOrEqual(interval);
    }),
  );
});
