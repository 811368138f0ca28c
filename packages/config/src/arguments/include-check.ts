import type { Argument, Problem } from '../keywords/row.ts';
import { checkNames } from '../language/include.ts';

/** `[+|-]WORD ...`: the words; what they switch on is decided while files are read. */
export const includeCheck: Argument<readonly string[]> = {
  syntax: '[[+|-](read|match|wildcard_match|brace_match) ...]',
  range: checkNames.join(', '),
  outside: 'that word is ignored',
  read: ({ words: [, ...given] }) => {
    const problems = given.flatMap(({ text }, index): Problem[] => {
      const name = text.replace(/^[+-]/, '');
      if (!checkNames.includes(name)) return [unknown(text, index + 1)];
      return index > 0 && name === text ? [second(text, index + 1)] : [];
    });
    return { value: given.map(({ text }) => text), problems };
  },
};

const unknown = (text: string, word: number): Problem => ({
  code: 'unknown-value',
  message: `there is no check "${text}" of includes`,
  word,
  used: 'the word is ignored',
  remedy: `write one of ${checkNames.join(', ')}, with + or - before it`,
});

const second = (text: string, word: number): Problem => ({
  code: 'given-twice',
  message: `${text} would set the checks again`,
  word,
  used: 'the word is ignored',
  remedy: `write +${text} to add it, or -${text} to take it away`,
});
