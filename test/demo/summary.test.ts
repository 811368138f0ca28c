import { expect, test } from 'vitest';
import { paintFor } from './paint.ts';
import { summary, type Told } from './summary.ts';

const told: readonly Told[] = [
  { name: 'all is well', good: true, seen: 'nothing', answered: 120, lost: 0, outage: 0 },
  { name: 'one dies', good: false, seen: 'too late', answered: 7, lost: 20, outage: 1_234_567 },
];

test('the summary has a row a step, numbers to the right, and says what failed', () => {
  expect(summary(told, paintFor(false))).toEqual([
    '   step         answered  lost   outage          what was seen',
    '1  all is well       120     0        -  ok      nothing',
    '2  one dies            7    20  1235 ms  FAILED  too late',
  ]);
});

test('colours do not move its columns', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are taken away
  const plain = summary(told, paintFor(true)).map((line) => line.replace(/\u001b\[\d+m/g, ''));
  expect(plain).toEqual(summary(told, paintFor(false)));
});
