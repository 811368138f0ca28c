import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pageText } from '../docs/page.ts';
import { sharedFolder } from '../support/shared-folder.ts';
import { sourceFiles } from './sources.ts';

const list = join(sharedFolder() ?? '', 'seeds', 'pitfalls.tsv');
const missing = sharedFolder() === undefined || !existsSync(list);

/** The rows of the list of traps: their ids, and where each is to be told. */
const rows = missing
  ? []
  : readFileSync(list, 'utf8')
      .split('\n')
      .slice(1)
      .filter(Boolean)
      .map((line) => line.split('\t'))
      .map((columns) => ({ id: columns[0] ?? '', where: columns.at(-1) ?? '' }));

const tests = sourceFiles(/\.test\.ts$/).filter(
  ({ path }) => path !== join('test', 'repository', 'pitfalls.test.ts'),
);

describe.skipIf(missing)('the traps of the tutorials (skipped without the shared seeds)', () => {
  test('are all read', () => expect(rows.length).toBeGreaterThanOrEqual(40));

  test.each(rows.filter(({ where }) => where !== 'docs'))(
    '%s ($where) have a test that names each',
    ({ id }) => {
      expect(tests.filter(({ text }) => new RegExp(`\\b${id}\\b`).test(text))).not.toEqual([]);
    },
  );

  test.each(['pitfalls.md', 'zh/pitfalls.md'])('stand all in docs/%s', (page) => {
    const told = [...pageText(page).matchAll(/^\| (P\d\d) \|/gm)].map(([, id]) => id);
    expect(told).toEqual(rows.map(({ id }) => id));
  });

  test('every file of theirs is lived through', () => {
    const files = readdirSync(join(list, '..')).filter((name) => /^\d{3}-/.test(name));
    const lived = tests.filter(({ path }) => path.startsWith(join('test', 'seeds'))).map(({ text }) => text);
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((name) => !lived.some((text) => text.includes(name)))).toEqual([]);
  });
});
