import { extensions, wholeTable } from '@holdfast/config';
import { expect, test } from 'vitest';
import { parse } from '../parse.ts';

test('every keyword that keepalived does not have is listed with an example', () => {
  const own = wholeTable().flatMap(({ path, row }) => (row.source === 'Holdfast' ? [path] : []));
  expect(extensions.map(({ path }) => path).toSorted()).toEqual(own.toSorted());
});

test.each(extensions)(
  'the example of $path stands behind @holdfast and is taken without a word',
  ({ path, example }) => {
    const name = path.split('.').at(-1) ?? '';
    expect(example).toContain(`@holdfast ${name} `);
    expect(parse(example, { thorough: true }).diagnostics).toEqual([]);
    expect(parse(example.replace('@holdfast ', ''), { thorough: true }).diagnostics).toMatchObject([
      { code: 'extension-without-mark', keepalived: 'none' },
    ]);
  },
);
