import { expect, test } from 'vitest';
import { sharesSeen } from './shares.ts';

const answers = (...counts: readonly number[]): ReadonlyMap<string, number> =>
  new Map(counts.flatMap((count, index) => (count === 0 ? [] : [[`server${index + 1}`, count] as const])));

test.each([
  // NAT            DR               good
  [[30, 20, 10], [20, 20, 20], true, 'exactly as weighted'],
  [[31, 19, 11], [21, 20, 19], true, 'off by one at the ends of the span'],
  [[20, 20, 20], [20, 20, 20], false, 'NAT knows no weights'],
  [[30, 20, 10], [30, 20, 10], false, 'DR goes by weight'],
  [[36, 24, 0], [20, 20, 20], false, 'a server gets nothing'],
  [[30, 20, 10, 1], [20, 20, 20], false, 'a server answers that is not in the pool'],
  [[], [20, 20, 20], false, 'nobody answers by NAT'],
] as const)('NAT %j and DR %j: %s, %s', (nat, direct, good, _what) => {
  expect(sharesSeen(answers(...nat), answers(...direct)).good).toBe(good);
});

test('the sentence names the counts in the order of the servers', () => {
  expect(sharesSeen(answers(3, 2, 1), answers(2, 2, 2)).seen).toBe(
    'answers by server: NAT 3, 2, 1 (3:2:1), DR 2, 2, 2 (1:1:1)',
  );
});
