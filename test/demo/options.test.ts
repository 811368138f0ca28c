import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

test.each([
  // arguments                       parts             what it is
  [[], ['vip', 'pool'], 'both parts'],
  [['--part', 'vip'], ['vip'], 'the first part alone'],
  [['--part', 'pool'], ['pool'], 'the second part alone'],
  [['--part', 'pool', '--part', 'vip'], ['vip', 'pool'], 'both, in their order'],
  [['--hold'], ['vip'], 'the part that can be held'],
] as const)('%j plays %j: %s', (args, parts, _what) => {
  expect(readOptions(args)).toMatchObject({ parts, hold: args.some((word) => word === '--hold') });
});

test.each([
  [['--part', 'bfd'], /no part 'bfd'.*vip, pool/],
  [['--hold', '--part', 'pool'], /--hold/],
  [['--loud'], /--loud/],
] as const)('%j is refused with a sentence', (args, sentence) => {
  expect(readOptions(args)).toMatch(sentence);
});
