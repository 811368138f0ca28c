import { expect, test } from 'vitest';
import { stripComment } from '../../src/language/comments.ts';
import { splitScriptWords } from '../../src/language/script-words.ts';
import { splitWords } from '../../src/language/words.ts';

test.each([
  ['state MASTER # first', 'state MASTER '],
  ['state MASTER ! first', 'state MASTER '],
  ['a!b', 'a'],
  ['script "a # b" # c', 'script "a # b" '],
  ['auth_pass D\\!E', 'auth_pass D!E'],
  ['auth_pass D\\#E # x', 'auth_pass D#E '],
  ['path \\n stays', 'path \\n stays'],
  ['"\\# inside"', '"\\# inside"'],
  ['# all of it', ''],
])('of %j the comment stripper leaves %j', (text, expected) => {
  expect(stripComment(text)).toBe(expected);
});

test.each([
  ['  state \t MASTER', ['state', 'MASTER']],
  ['ab"cd ef"gh', ['ab', 'cd ef', 'gh']],
  ['script ""', ['script', '']],
  ["a 'b c'", ['a', "'b", "c'"]],
  ['a "b\\" c', ['a', 'b\\', 'c']],
  ['a "open', ['a']],
])('%j has the words %j', (text, expected) => {
  expect(splitWords(text).map((word) => word.text)).toEqual(expected);
});

test('a word knows where it stands', () => {
  expect(splitWords('  a "b c"').map(({ at, quoted }) => [at, quoted])).toEqual([
    [2, false],
    [4, true],
  ]);
});

test.each([
  ['keep', '"bash -c \'x y\'" root', ["bash -c 'x y'", 'root']],
  ['translate', "bash -c 'x y'", ['bash', '-c', 'x y']],
  ['translate', 'a"b c"d', ['ab cd']],
  ['translate', '\\x41\\102\\t\\q', ['AB\tq']],
  ['translate', '\\x414', ['A4']],
  ['translate', '\\cA', ['\u0001']],
  ['keep', 'a\\ b', ['a\\ b']],
  ['translate', 'a\\ b', ['a b']],
] as const)('script words (%s escapes) of %j are %j', (escapes, text, expected) => {
  expect(splitScriptWords(text, escapes)).toEqual({ ok: true, value: expected });
});

test.each(['"a', "a 'b", '"a\\"'])('an open quote in %j is an error', (text) => {
  expect(splitScriptWords(text, 'keep')).toEqual({ ok: false, error: 'unterminated-quote' });
});
