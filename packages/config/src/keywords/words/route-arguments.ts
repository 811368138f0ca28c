import { corrected, missing, plainly, refused } from '../../arguments/reading.ts';
import type { Argument } from '../row.ts';

/** Kinds of routes, as they stand before a destination. */
export const routeTypes: readonly string[] = [
  'local',
  'nat',
  'broadcast',
  'brd',
  'anycast',
  'multicast',
  'prohibit',
  'unreachable',
  'blackhole',
  'xresolve',
  'unicast',
  'throw',
];

const preferences: ReadonlyMap<string, number> = new Map([
  ['medium', 0],
  ['high', 1],
  ['low', 3],
]);

/** `low`, `medium`, `high` or a number: RFC 4191 §2.1. */
export const preference: Argument<number> = {
  syntax: 'low|medium|high|NUMBER',
  range: 'low, medium, high, or 0 to 255, for IPv6',
  outside: 'the route is left out',
  read: ({ words: [keyword, given] }) => {
    if (given === undefined) return missing(keyword.text, 'low|medium|high|NUMBER');
    const value = preferences.get(given.text) ?? (/^\d{1,3}$/.test(given.text) ? Number(given.text) : -1);
    if (value >= 0 && value <= 255) return plainly(value);
    const message = `there is no preference "${given.text}"`;
    return refused({ code: 'unknown-value', message, word: 1, remedy: 'write low, medium or high' });
  },
};

/** `as [to] ADDRESS`: read over. */
export const asAddress: Argument<string> = {
  syntax: '[to] ADDRESS',
  takes: ([first]) => (first?.text === 'to' ? 2 : 1),
  read: ({ words: [keyword, first, second] }) => {
    const address = first?.text === 'to' ? second : first;
    if (address === undefined) return missing(keyword.text, '[to] ADDRESS');
    const message = 'as is a word of MPLS, and means nothing here';
    return corrected(address.text, {
      code: 'unknown-option',
      message,
      word: 0,
      used: 'the words are ignored',
      remedy: 'remove them',
    });
  },
};
