import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { wholeTable } from '../../src/keywords/walk.ts';

const root = new URL('../../../../', import.meta.url);
const data = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

/** Path to the test that shows what the keyword does: `file > title`. */
const tests = new Map(
  Object.entries(Object(data('keyword-tests.json'))).map(([path, where]) => [path, `${where}`]),
);
/** Keywords that are accepted and do nothing yet. The list may only shrink. */
const idle = new Set([data('not-in-effect.json')].flat().map((path) => `${path}`));
const mostIdle = 633;

const table = wholeTable();
const paths = (inEffect: boolean): readonly string[] =>
  table.filter(({ row }) => row.inEffect === inEffect).map(({ path }) => path);

test('what is not in effect stands in a list that only shrinks', () => {
  expect(paths(false).filter((path) => !idle.has(path))).toEqual([]);
  expect([...idle].filter((path) => paths(true).includes(path))).toEqual([]);
  expect(idle.size).toBeLessThanOrEqual(mostIdle);
});

test('every keyword in effect names a test that shows what it does', () => {
  expect(paths(true).filter((path) => !tests.has(path))).toEqual([]);
  expect([...tests.keys()].filter((path) => !paths(true).includes(path))).toEqual([]);
});

test('every test that is named exists', () => {
  const texts = new Map<string, string>();
  const missing = [...tests].filter(([, where]) => {
    const [file = '', title = ''] = where.split(' > ');
    const url = new URL(file, root);
    if (!texts.has(file)) texts.set(file, existsSync(url) ? readFileSync(url, 'utf8') : '');
    return title === '' || texts.get(file)?.includes(title) !== true;
  });
  expect(missing.map(([path, where]) => `${path}: ${where}`)).toEqual([]);
});
