import { suggest } from '../diagnostics/suggest.ts';
import type { Argument } from '../keywords/row.ts';
import { isPlaceholder, missing, placeholder, plainly, refused } from './reading.ts';

/** A flag: the keyword alone. Further words are ignored, so `nopreempt no` switches it on all the same. */
export const nothing: Argument<true> = { syntax: '', read: () => plainly(true) };

const truthOf: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['on', true],
  ['yes', true],
  ['false', false],
  ['off', false],
  ['no', false],
]);

/** `true`, `on`, `yes`, `false`, `off`, `no` in lower case; the keyword alone means true. */
export const optionalBoolean: Argument<boolean> = {
  syntax: '[on|off]',
  range: [...truthOf.keys()].join(', '),
  outside: 'the line is ignored',
  read: ({ words: [keyword, word] }) => {
    const truth = word === undefined ? true : truthOf.get(word.text);
    if (truth !== undefined) return plainly(truth);
    return refused({
      code: 'not-a-boolean',
      message: `${keyword.text} is on or off, not "${word?.text ?? ''}"`,
      word: 1,
      remedy: 'write on or off (or true, yes, false, no), in lower case, or the keyword alone for on',
    });
  },
};

export interface WordOptions {
  /** What stands there, for people: `NAME`, `PATH`. */
  readonly syntax?: string;
  /** Most bytes; longer ones are cut with a message, or the line is ignored. */
  readonly longest?: number;
  readonly tooLong?: 'cut' | 'ignore';
  readonly missing?: 'ignored';
  /** A second word makes the line void. */
  readonly alone?: true;
}

/** One word of any kind. */
export function word(options: WordOptions = {}): Argument<string> {
  const { syntax = 'NAME', longest, tooLong = 'ignore' } = options;
  return {
    syntax,
    ...(longest === undefined ? {} : { range: `at most ${longest} bytes` }),
    read: ({ words: [keyword, given, second] }) => {
      if (given === undefined) return missing(keyword.text, syntax, options.missing);
      if (isPlaceholder(given.text)) return refused(placeholder(given.text, 1));
      if (options.alone === true && second !== undefined)
        return refused(tooManyWords(keyword.text, second.text));
      if (longest === undefined || Buffer.byteLength(given.text) <= longest) return plainly(given.text);
      const message = `${keyword.text} takes at most ${longest} bytes; "${given.text}" is longer`;
      const problem = { code: 'too-long', message, word: 1, remedy: `write at most ${longest} bytes` };
      if (tooLong === 'ignore') return refused(problem);
      const cut = Buffer.from(given.text).subarray(0, longest).toString();
      return {
        value: cut,
        problems: [{ ...problem, severity: 'warning', used: `"${cut}" is used`, keepalived: 'reported' }],
      };
    },
  };
}

const tooManyWords = (keyword: string, second: string) => ({
  code: 'too-many-words',
  message: `${keyword} takes one word; "${second}" is too many`,
  word: 2,
  remedy: 'put what belongs together in double quotes, or remove it',
});

/** A word that may be absent. */
export const optionalWord = (syntax = 'NAME'): Argument<string> => ({
  syntax: `[${syntax}]`,
  read: ({ words: [, given] }) => plainly(given?.text ?? ''),
});

/** Any number of words, at least one unless `optional`. */
export const anyWords = (
  syntax: string,
  need: 'needed' | 'optional' = 'needed',
): Argument<readonly string[]> => ({
  syntax,
  read: ({ words: [keyword, ...others] }) =>
    others.length === 0 && need === 'needed'
      ? missing(keyword.text, syntax)
      : plainly(others.map((other) => other.text)),
});

export interface ChoiceOptions {
  readonly ignoreCase?: boolean;
  /** The value of the bare keyword. */
  readonly bare?: string;
  readonly missing?: 'ignored';
}

/** One of a few words; others are reported with the nearest one, and the line is ignored. */
export function choice(values: readonly string[], options: ChoiceOptions = {}): Argument<string> {
  const syntax = values.join('|');
  return {
    syntax: options.bare === undefined ? syntax : `[${syntax}]`,
    range: values.join(', '),
    outside: 'the line is ignored',
    read: ({ words: [keyword, given] }) => {
      if (given === undefined) {
        return options.bare === undefined
          ? missing(keyword.text, syntax, options.missing)
          : plainly(options.bare);
      }
      const same = (value: string): boolean =>
        options.ignoreCase === true ? value.toLowerCase() === given.text.toLowerCase() : value === given.text;
      const found = values.find(same);
      if (found !== undefined) return plainly(found);
      if (isPlaceholder(given.text)) return refused(placeholder(given.text, 1));
      const near = suggest(given.text, values);
      return refused({
        code: 'unknown-value',
        message: `${keyword.text} does not know "${given.text}"`,
        word: 1,
        remedy: near === undefined ? `write one of ${values.join(', ')}` : `did you mean ${near}?`,
      });
    },
  };
}
