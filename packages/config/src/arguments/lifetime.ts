import type { Argument } from '../keywords/row.ts';
import { missing, plainly, refused } from './reading.ts';

/** Seconds, or forever. */
export const preferredLifetime: Argument<number | 'forever'> = {
  syntax: 'SECONDS|forever',
  range: '0 to 4294967295, or forever',
  outside: 'the usual lifetime is used',
  read: ({ words: [keyword, given] }) => {
    if (given === undefined) return missing(keyword.text, 'SECONDS|forever', 'ignored');
    if (given.text === 'forever') return plainly('forever');
    if (/^\d+$/.test(given.text) && Number(given.text) < 2 ** 32) return plainly(Number(given.text));
    const message = `${keyword.text} takes seconds or forever, not "${given.text}"`;
    return refused({ code: 'not-a-number', message, word: 1, remedy: 'write 0 to 4294967295, or forever' });
  },
};
