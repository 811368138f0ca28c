import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootFolder } from '../lab-support/root-folder.ts';
import { sourceFiles } from './sources.ts';

// Written so that this file does not contain what it looks for.
const absolute = new RegExp(`/${'work'}/|/${'root'}/\\.`);
const registry = new RegExp(
  `https?://[\\w.-]*(?:${'registry'}|${'artifact'}|${'mirror'}|${'proxy'})[\\w.-]*`,
);
const unfinished = new RegExp(`\\b(?:${'TO'}DO|${'FIX'}ME|${'XX'}X)\\b`);

const text = sourceFiles(/\.(?:ts|mjs|js|json|yaml|yml|md|sh|conf|cc|h|gyp|html|svg)$|^\.ci\/run$/);

test.each([
  ['names a folder of the machine it was written on', absolute],
  ['names the host of a registry', registry],
  ['is left unfinished', unfinished],
])('no file %s', (_what, pattern) => {
  const found = text.flatMap(({ path, text: content }) => {
    const word = pattern.exec(content)?.[0];
    return word === undefined ? [] : [`${path}: ${word}`];
  });
  expect(found).toEqual([]);
});

test('every package has a licence that lets companies run and patch it', () => {
  const manifests = sourceFiles(/^(?:packages\/[^/]+\/)?package\.json$/);
  const licences = manifests.map(({ text: manifest }) => /"license": "([^"]+)"/.exec(manifest)?.[1]);
  expect(new Set(licences)).toEqual(new Set(['Apache-2.0']));
  expect(readFileSync(join(rootFolder, 'LICENSE'), 'utf8')).toContain('Apache License');
});
