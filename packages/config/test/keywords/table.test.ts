import { expect, test } from 'vitest';
import { rootRows } from '../../src/keywords/root.ts';
import type { Row } from '../../src/keywords/row.ts';
import { wholeTable } from '../../src/keywords/walk.ts';

const table = wholeTable();

test('every keyword is documented in a sentence and names its source', () => {
  const bad = table.filter(({ row: { doc, source } }) => !/^[A-Z`].*[.)]$/s.test(doc) || source === '');
  expect(bad.map(({ path, row }) => `${path}: ${row.doc}`)).toEqual([]);
});

test('every alias names a keyword beside it, and whoever reads a deprecated one is told what to write', () => {
  const bad = table.filter(
    ({ row: { aliasOf, deprecated }, siblings }) =>
      (aliasOf !== undefined && !Object.hasOwn(siblings, aliasOf)) || deprecated === '',
  );
  expect(bad.map(({ path }) => path)).toEqual([]);
});

test('every place of the table has a path of its own', () => {
  const paths = table.map(({ path }) => path);
  expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
});

test('no two keywords that are in effect are the same object under different names', () => {
  const rows = new Map<Row, string>();
  const words = new Set(table.flatMap(({ row }) => Object.values(wordsOf(row))));
  const shared = table.filter(({ path, row }) => {
    const first = rows.get(row);
    rows.set(row, path);
    return row.inEffect && !words.has(row) && first !== undefined;
  });
  expect(shared.map(({ path }) => path)).toEqual([]);
});

/** Options may be the same behind several keywords: they are found by name, not by their row. */
const wordsOf = ({ words, block }: Row): Readonly<Record<string, Row>> => ({
  ...words,
  ...(block?.kind === 'entries' ? block.words : {}),
});

test('a keyword that does nothing has nothing in effect below it', () => {
  const idle = table.filter(({ row }) => !row.inEffect).map(({ path }) => `${path}.`);
  const bad = table.filter(({ path, row }) => row.inEffect && idle.some((prefix) => path.startsWith(prefix)));
  expect(bad.map(({ path }) => path)).toEqual([]);
  expect(Object.keys(rootRows).length).toBeGreaterThan(20);
});
