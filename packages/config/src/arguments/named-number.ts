import type { Argument } from '../keywords/row.ts';
import { missing, plainly, refused } from './reading.ts';

/** A number, or a name whose number stands in the name tables of iproute2 on the machine. */
export type NamedNumber = number | { readonly name: string };

/** Decimal, `0x` hexadecimal or `0` octal, as C writes them; `undefined` for anything else. */
export function parseNumeral(text: string): number | undefined {
  const [, sign, digits = ''] = /^([+-]?)(0x[0-9a-f]+|\d+)$/i.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return sign === '-' ? -value : value;
}

/** A whole number in the notation of C. */
export function numeral(low: number, high: number, syntax = 'NUMBER'): Argument<number> {
  const range = `${low} to ${high}`;
  return {
    syntax,
    range,
    outside: 'it is not used',
    read: ({ words: [keyword, given] }) => {
      if (given === undefined) return missing(keyword.text, syntax);
      const value = parseNumeral(given.text);
      if (value !== undefined && value >= low && value <= high) return plainly(value);
      const message = `${keyword.text} takes a whole number from ${range}, not "${given.text}"`;
      const code = value === undefined ? 'not-a-number' : 'out-of-range';
      return refused({ code, message, word: 1, remedy: `write a whole number from ${range}` });
    },
  };
}

/**
 * A number up to `high`, or a name.
 * @param known the names that every machine knows; others are looked up where the value is used
 */
export function namedNumber(
  syntax: string,
  high: number,
  known: ReadonlyMap<string, number>,
): Argument<NamedNumber> {
  return {
    syntax,
    range: `a name, or 0 to ${high}`,
    outside: 'it is not used',
    read: ({ words: [keyword, given] }) => {
      if (given === undefined) return missing(keyword.text, syntax);
      const named = known.get(given.text);
      if (named !== undefined) return plainly(named);
      const value = parseNumeral(given.text);
      if (value === undefined && /^[a-z_]/i.test(given.text)) return plainly({ name: given.text });
      if (value !== undefined && value >= 0 && value <= high) return plainly(value);
      const message = `${keyword.text} takes a name or a number from 0 to ${high}, not "${given.text}"`;
      return refused({ code: 'out-of-range', message, word: 1, remedy: `write a name, or 0 to ${high}` });
    },
  };
}
