import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitWords } from '../../src/language/words.ts';

/** Blanks of every kind, also those that only Unicode knows. */
const character = fc.constantFrom(...' \t\v\f\u00a0\u2003\u3000\ufeffab.é0-{}\u0000\u001f\u200b');

test('words are what stands between white space, which is that of the C locale', () => {
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 12 }), (text) => {
      const expected = [...text.matchAll(/[^ \t-\r]+/g)].map((match) => ({
        text: match[0],
        at: match.index,
        quoted: false,
      }));
      expect(splitWords(text)).toEqual(expected);
    }),
  );
});
