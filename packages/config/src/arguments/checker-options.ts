import type { Argument, Problem, Reading } from '../keywords/row.ts';
import { splitScriptWords } from '../language/script-words.ts';
import { missing, plainly, refused } from './reading.ts';

/** Bytes as text of two hexadecimal digits each; in a pattern `x` stands for any digit. */
export type HexBytes = string;

/** `HEX [HEX ...]`: pairs of digits; a single digit between blanks is a byte. @param wildcards `x` counts as a digit */
export function hexBytes(
  options: { readonly wildcards?: true; readonly optional?: true } = {},
): Argument<HexBytes> {
  const inner = options.wildcards === true ? 'HEX with x for any digit' : 'HEX [HEX ...]';
  const digits = options.wildcards === true ? /^[0-9a-fx]+$/i : /^[0-9a-f]+$/i;
  return {
    syntax: options.optional === true ? `[${inner}]` : inner,
    range: 'hexadecimal digits in pairs',
    outside: 'the line is ignored',
    read: ({ words: [keyword, ...given] }) => {
      if (given.length === 0)
        return options.optional === true ? plainly('') : missing(keyword.text, inner, 'ignored');
      const parts = given.flatMap(({ text }) => text.split(/\s+/)).filter((text) => text !== '');
      const wrong = parts.find((text) => !digits.test(text) || (text.length > 1 && text.length % 2 === 1));
      if (wrong === undefined)
        return plainly(parts.map((text) => text.padStart(2, '0').toLowerCase()).join(''));
      const message = `"${wrong}" are no bytes in hexadecimal digits`;
      return refused({ code: 'bad-hex', message, word: 1, remedy: 'write two digits for each byte' });
    },
  };
}

/** A name of the domain name system: labels of 1 to 63 bytes with dots between them. */
export const domainName: Argument<string> = {
  syntax: 'NAME',
  range: 'labels of 1 to 63 bytes',
  outside: 'the line is ignored',
  read: ({ words: [keyword, given] }) => {
    if (given === undefined) return missing(keyword.text, 'NAME');
    const labels = given.text.replace(/\.$/, '').split('.');
    const fits = labels.every((label) => label !== '' && Buffer.byteLength(label) <= 63);
    if (given.text === '.' || fits) return plainly(given.text);
    const message = `"${given.text}" is no name of the domain name system`;
    return refused({
      code: 'bad-name',
      message,
      word: 1,
      remedy: 'write labels with single dots between them',
    });
  },
};

/** A regular expression: both kinds of quotes hold it together, and escapes are translated. */
export const pattern: Argument<string> = {
  syntax: 'PATTERN',
  range: 'one word, quoted where it has blanks',
  outside: 'the line is ignored',
  read: ({ words: [keyword], text, openQuote }) => {
    if (openQuote) return { value: undefined, problems: [] };
    const rest = text.slice(text.indexOf(keyword.text) + keyword.text.length);
    const words = splitScriptWords(rest, 'translate');
    if (!words.ok) return refused(badPattern('a quote in the pattern is not closed', 'close the quote'));
    const [first, second] = words.value;
    if (first === undefined) return missing(keyword.text, 'PATTERN', 'ignored');
    if (second === undefined) return plainly(first);
    return refused(badPattern('the pattern is more than one word', 'put it in quotes'));
  },
};

const badPattern = (message: string, remedy: string): Problem => ({
  code: 'bad-pattern',
  message,
  word: 1,
  remedy,
});

/** A shared key: text, `hex:DIGITS` or `file:PATH`. */
export interface SharedKey {
  readonly id: number;
  readonly value: string;
}

/** `ID VALUE`: 32 to 64 bytes, for HMAC-SHA256. */
export const sharedKey: Argument<SharedKey> = {
  syntax: 'ID VALUE',
  range: 'ID 1 to 255; VALUE 32 to 64 bytes as text, hex:DIGITS or file:PATH',
  outside: 'the key is not used',
  read: ({ words: [keyword, id, value] }): Reading<SharedKey> => {
    if (id === undefined || value === undefined) return missing(keyword.text, 'ID VALUE', 'ignored');
    const number = /^\d{1,3}$/.test(id.text) ? Number(id.text) : 0;
    if (number < 1 || number > 255) {
      const message = `the number of a key is from 1 to 255, not "${id.text}"`;
      return refused({ code: 'out-of-range', message, word: 1, remedy: 'write a number from 1 to 255' });
    }
    const problem = keyProblem(value.text);
    return problem === undefined ? plainly({ id: number, value: value.text }) : refused(problem);
  },
};

function keyProblem(text: string): Problem | undefined {
  if (text.startsWith('file:')) return undefined;
  const digits = text.startsWith('hex:') ? text.slice(4) : undefined;
  if (digits !== undefined && !/^(?:[0-9a-f]{2})*$/i.test(digits)) {
    return {
      code: 'bad-hex',
      message: 'the key has no pairs of hexadecimal digits',
      word: 2,
      remedy: 'write two digits for each byte',
    };
  }
  const length = digits === undefined ? Buffer.byteLength(text) : digits.length / 2;
  if (length >= 32 && length <= 64) return undefined;
  return {
    code: 'bad-key',
    message: `the key has ${length} bytes`,
    word: 2,
    remedy: 'write a key of 32 to 64 bytes',
  };
}
