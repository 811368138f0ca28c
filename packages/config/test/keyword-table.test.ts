import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { rootRows } from '../src/keywords/root.ts';
import type { Row, Rows } from '../src/keywords/row.ts';

/** Every row of the table with its path: `vrrp_instance.authentication.auth_type`. */
function paths(rows: Rows, prefix = ''): readonly (readonly [path: string, row: Row, siblings: Rows])[] {
  return Object.entries(rows).flatMap(([name, row]) => [
    [`${prefix}${name}`, row, rows] as const,
    ...(row.block?.kind === 'keywords' ? paths(row.block.rows, `${prefix}${name}.`) : []),
  ]);
}

const table = paths(rootRows);

test('every keyword is documented in a sentence and names its source', () => {
  const bad = table.filter(([, { doc, source }]) => !/^[A-Z`].*[.)]$/s.test(doc) || source === '');
  expect(bad.map(([path, { doc }]) => `${path}: ${doc}`)).toEqual([]);
});

test('every alias names a keyword beside it', () => {
  const bad = table.filter(
    ([, { aliasOf }, siblings]) => aliasOf !== undefined && !Object.hasOwn(siblings, aliasOf),
  );
  expect(bad.map(([path]) => path)).toEqual([]);
});

test('no two rows that are in effect are the same object under different names', () => {
  const rows = new Map<Row, string>();
  const shared = table.filter(([path, row]) => {
    const first = rows.get(row);
    rows.set(row, path);
    return row.inEffect && first !== undefined;
  });
  expect(shared.map(([path]) => path)).toEqual([]);
});

const list = fileURLToPath(new URL('../../../../shared/reference/keywords.tsv', import.meta.url));

test.skipIf(!existsSync(list))('every legal keyword is known (skipped without the shared list)', () => {
  const known = new Set(table.map(([path]) => path));
  const blocks = new Set(table.filter(([, row]) => row.block?.kind === 'keywords').map(([path]) => path));
  const legal = readFileSync(list, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t')[0] ?? '')
    .filter((path) => /^[A-Za-z_][\w.]*$/.test(path) && !path.startsWith('include'));
  const missing = legal.filter((path) => {
    const parent = path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : undefined;
    return !known.has(path) && (parent === undefined || blocks.has(parent));
  });
  // Words of a keyword's own line, not keywords between its braces.
  expect(missing).toEqual(['virtual_server.fwmark', 'virtual_server.group']);
});
