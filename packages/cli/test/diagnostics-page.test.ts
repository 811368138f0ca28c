import { expect, test } from 'vitest';
import { sourceFiles } from '../../../test/repository/sources.ts';
import { diagnosticsPage } from '../src/check/page.ts';
import { pairCatalogue } from '../src/pair/catalogue.ts';

test('the page of diagnostics is that of the catalogue: refresh it with vitest -u', async () => {
  await expect(diagnosticsPage()).toMatchFileSnapshot('../../../docs/diagnostics.md');
});

test('every code of a pair is documented, and no other', () => {
  const said = sourceFiles(/^packages\/cli\/src\/pair\/(?!catalogue).*\.ts$/)
    .flatMap(({ text }) => [...text.matchAll(/code: '(pair-[a-z-]+)'/g)])
    .map(([, code]) => code);
  expect(new Set(said)).toEqual(new Set(pairCatalogue.map(({ code }) => code)));
});
