import { fail, ok, type Result } from '@holdfast/kit';

/**
 * The other way of splitting, used by keywords that take a program: both kinds of quotes, adjacent pieces join, a
 * backslash protects the next character.
 * @param escapes `keep` leaves backslashes for a later pass, `translate` turns `\n`, `\x41`, `\101`, `\cA` into characters
 */
export function splitScriptWords(
  text: string,
  escapes: 'keep' | 'translate',
): Result<readonly string[], 'unterminated-quote'> {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    if (character === '\\' && i + 1 < text.length) {
      const { value, length } = escapes === 'keep' ? keptEscape(text, i) : escapeAt(text, i);
      word = (word ?? '') + value;
      i += length - 1;
    } else if (quote !== '') {
      if (character === quote) quote = '';
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/[ \t-\r]/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== '') return fail('unterminated-quote');
  if (word !== undefined) words.push(word);
  return ok(words);
}

interface Escape {
  readonly value: string;
  /** Characters of the text it took, the backslash included. */
  readonly length: number;
}

const keptEscape = (text: string, at: number): Escape => ({ value: text.slice(at, at + 2), length: 2 });

const letters: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  E: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function escapeAt(text: string, at: number): Escape {
  const rest = text.slice(at + 1, at + 5);
  const [hex, digits] = /^x([0-9a-fA-F]{1,2})/.exec(rest) ?? [];
  if (hex !== undefined && digits !== undefined) return coded(Number.parseInt(digits, 16), hex.length + 1);
  const [octal] = /^[0-7]{1,3}/.exec(rest) ?? [];
  if (octal !== undefined) return coded(Number.parseInt(octal, 8) & 0xff, octal.length + 1);
  const [control] = /^c[\u0040-\u007f]/.exec(rest) ?? [];
  if (control !== undefined) return coded(control.charCodeAt(1) & 0x1f, 3);
  const letter = rest[0] ?? '';
  return { value: Object.hasOwn(letters, letter) ? (letters[letter] ?? letter) : letter, length: 2 };
}

const coded = (code: number, length: number): Escape => ({ value: String.fromCharCode(code), length });
