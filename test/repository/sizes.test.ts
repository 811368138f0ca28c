import { expect, test } from 'vitest';
import { sourceFiles } from './sources.ts';

const longest = 400;

/** Files that are longer for a reason. Data in one piece reads better than data cut up. */
const exceptions = new Map<string, string>([]);

const sources = sourceFiles(/\.(?:ts|mjs|cc|h)$/).filter(({ path }) => !path.includes('/vectors/'));
const lines = (text: string): number => text.split('\n').length - 1;

test(`no file has more than ${longest} lines`, () => {
  const long = sources.filter(({ path, text }) => lines(text) > longest && !exceptions.has(path));
  expect(long.map(({ path, text }) => `${path}: ${lines(text)} lines`)).toEqual([]);
});

test('a listed exception is still needed', () => {
  const needed = new Set(sources.filter(({ text }) => lines(text) > longest).map(({ path }) => path));
  expect([...exceptions.keys()].filter((path) => !needed.has(path))).toEqual([]);
});

test('half of the files have no more than about a hundred lines', () => {
  const sorted = sources.map(({ text }) => lines(text)).sort((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(120);
});

test('no function has more than 70 lines', () => {
  expect(sources.filter(({ path }) => /\/src\/.*\.ts$/.test(path)).flatMap(longFunctions)).toEqual([]);
});

/**
 * Functions declared at the left margin end at the first closing brace that stands there too. What a function defines
 * inside it (closures, and the methods of an object that it returns) has a length of its own.
 */
function longFunctions({ path, text }: { readonly path: string; readonly text: string }): readonly string[] {
  const found: string[] = [];
  let start: number | undefined;
  let own = 0;
  let inside = false;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^(?:export )?(?:async )?function\b/.test(line)) [start, own, inside] = [index, 0, false];
    own += inside ? 0 : 1;
    if (/^ {2}(?:const \w+(?:: .*)? = .*=> \{|(?:async )?function\b.*\{|return \{)$/.test(line))
      inside = true;
    if (/^ {2}\}/.test(line)) inside = false;
    if (!/^\}/.test(line) || start === undefined) continue;
    if (own > 70) found.push(`${path}:${start + 1}: ${own} lines`);
    start = undefined;
  }
  return found;
}
