import { exitCodeOf } from '@holdfast/config';
import { expect, test } from 'vitest';
import { parse } from './parse.ts';
import seen from './seen-verdicts.json' with { type: 'json' };
import { verdicts } from './verdict-table.ts';

test.each(verdicts)('%s', (_, text, status) => {
  expect(exitCodeOf(parse(text, { configId: 'r1' }).diagnostics)).toBe(status);
});

test('of random configurations we say what keepalived 2.2.7 -t said', () => {
  const other = seen.filter(
    ({ text, status }) => exitCodeOf(parse(text, { configId: 'r1' }).diagnostics) !== status,
  );
  expect(other).toEqual([]);
  expect(seen.length).toBeGreaterThan(200);
});
