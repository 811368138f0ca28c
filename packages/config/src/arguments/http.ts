import type { Argument, Problem, Reading } from '../keywords/row.ts';
import type { HttpUrl } from '../lvs-types.ts';
import { isPlaceholder, missing, placeholder, plainly, refused } from './reading.ts';

/** MD5 in 32 hexadecimal digits, as `genhash` prints it. */
export const md5Digest: Argument<string> = {
  syntax: 'MD5',
  range: '32 hexadecimal digits',
  outside: 'the line is ignored',
  read: ({ words: [keyword, given] }) => {
    if (given === undefined) return missing(keyword.text, 'MD5');
    if (isPlaceholder(given.text)) return refused(placeholder(given.text, 1));
    if (/^[0-9a-f]{32}$/i.test(given.text)) return plainly(given.text.toLowerCase());
    return refused({
      code: 'bad-digest',
      message: `"${given.text}" is no MD5 digest`,
      word: 1,
      remedy: 'write 32 hexadecimal digits, as the genhash command prints them',
    });
  },
};

type Codes = HttpUrl['statusCodes'];

/** `CODE|FIRST-LAST ...`: wrong ones are told, the others used. */
export const statusCodes: Argument<Codes> = {
  syntax: 'CODE|FIRST-LAST ...',
  range: '100 to 599',
  outside: 'that one is left out',
  read: ({ words: [keyword, ...given] }) => {
    if (given.length === 0) return withoutCodes(keyword.text);
    const problems: Problem[] = [];
    const codes = given.flatMap(({ text }, index) => {
      const range = rangeOf(text);
      if (range === undefined) problems.push(badCode(text, index + 1));
      return range ?? [];
    });
    return { value: codes, problems };
  },
};

/** keepalived takes the bare keyword for a list of nothing, and says nothing. */
const withoutCodes = (keyword: string): Reading<never> =>
  refused({
    code: 'missing-argument',
    severity: 'warning',
    message: `${keyword} names no code`,
    word: 0,
    used: 'the line is ignored',
    remedy: `write: ${keyword} 200, or remove the line`,
    keepalived: 'none',
  });

function rangeOf(text: string): Codes[number] | undefined {
  const [, first, last] = /^(\d{3})(?:-(\d{3}))?$/.exec(text) ?? [];
  if (first === undefined) return undefined;
  const [from, to] = [Number(first), Number(last ?? first)];
  return from >= 100 && to <= 599 && from <= to ? { from, to } : undefined;
}

const badCode = (text: string, word: number): Problem => ({
  code: 'bad-status-code',
  message: `"${text}" is no HTTP status code`,
  word,
  used: 'this one is left out',
  remedy: 'write codes from 100 to 599, or ranges of them such as 200-299',
});
