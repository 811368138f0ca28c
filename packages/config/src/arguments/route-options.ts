import { familyOf, type IpAddress, parseAddress } from '@holdfast/kit';
import type { Argument, Problem, Reading, Row, Rows } from '../keywords/row.ts';
import type { Word } from '../language/words.ts';
import { badAddress } from './address.ts';
import { type OptionLine, wordsTaken } from './option-line.ts';
import { missing, plainly, refused } from './reading.ts';

/** `[lock] VALUE`: a locked metric is not changed by what the kernel learns. */
export function lockable<T>(
  argument: Argument<T>,
): Argument<{ readonly value: T; readonly locked: boolean }> {
  const syntax = `[lock] ${argument.syntax}`;
  const isLock = (word: Word | undefined): boolean => word?.text === 'lock';
  return {
    ...argument,
    syntax,
    takes: ([first]) => (isLock(first) ? 2 : 1),
    read: (statement) => {
      const [keyword, first, ...others] = statement.words;
      const locked = isLock(first);
      if (locked && others.length === 0) return missing(keyword.text, syntax);
      const { value, problems } = argument.read(
        locked ? { ...statement, words: [keyword, ...others] } : statement,
      );
      return {
        value: value === undefined ? undefined : { value, locked },
        problems: locked ? problems.map((problem) => ({ ...problem, word: problem.word + 1 })) : problems,
      };
    },
  };
}

/** `lock` stands behind the name of a metric, and nowhere else. */
export const strayLock: Argument<true> = {
  syntax: '',
  read: () => {
    const message = 'lock locks a metric, and stands behind its name';
    return refused({
      code: 'unknown-option',
      message,
      word: 0,
      remedy: 'write it behind mtu, advmss and their like',
    });
  },
};

/** `[inet|inet6] ADDRESS`, the next router of a route. */
export const gateway: Argument<IpAddress> = {
  syntax: '[inet|inet6] ADDRESS',
  range: 'an IP address of the family, if one is named',
  outside: 'the route is left out',
  takes: ([first]) => (isFamily(first) ? 2 : 1),
  read: ({ words: [keyword, first, second] }) => {
    const [given, at] = isFamily(first) ? [second, 2] : [first, 1];
    if (given === undefined) return missing(keyword.text, '[inet|inet6] ADDRESS');
    const address = parseAddress(given.text);
    if (address === undefined) return refused(badAddress(given.text, at));
    const family = familyOf(address) === 4 ? 'inet' : 'inet6';
    if (at === 1 || first?.text === family) return plainly(address);
    const message = `${given.text} is no address of ${first?.text ?? ''}`;
    return refused({ code: 'family-mixed', message, word: 2, remedy: `write ${family}, or nothing` });
  },
};

const isFamily = (word: Word | undefined): boolean => word?.text === 'inet' || word?.text === 'inet6';

/** A time of a route metric in microseconds. @param unit what a number without a unit counts, in microseconds */
export function metricTime(unit: number): Argument<number> {
  return {
    syntax: 'TIME[s|ms]',
    range: '0.2 to 120 seconds',
    outside: 'the nearest bound is used',
    read: ({ words: [keyword, given] }) => {
      if (given === undefined) return missing(keyword.text, 'TIME[s|ms]');
      const [, number, name] = /^(\d+(?:\.\d*)?|\.\d+)(s|sec|secs|ms)?$/.exec(given.text) ?? [];
      if (number !== undefined) {
        const each = name === undefined ? unit : name === 'ms' ? 1000 : 1_000_000;
        return plainly(Math.round(Number(number) * each));
      }
      const message = `${keyword.text} takes a time, not "${given.text}"`;
      return refused({ code: 'not-a-number', message, word: 1, remedy: 'write a number with s or ms' });
    },
  };
}

/** `[SOURCE/]DESTINATION`: numbers, or names of realms. */
export const realms: Argument<string> = {
  syntax: '[SOURCE/]DESTINATION',
  range: 'names of realms, or 0 to 255, for IPv4',
  read: ({ words: [keyword, given] }) => {
    if (given === undefined) return missing(keyword.text, '[SOURCE/]DESTINATION');
    if (/^[^/\s]+(?:\/[^/\s]+)?$/.test(given.text)) return plainly(given.text);
    const message = `"${given.text}" names no realms`;
    return refused({
      code: 'unknown-value',
      message,
      word: 1,
      remedy: 'write DESTINATION or SOURCE/DESTINATION',
    });
  },
};

/** The words of an option that go on as long as they are options of its own table, with its first `fixed` words. */
export const wordsOf =
  (rows: Rows, fixed: number) =>
  (following: readonly Word[]): number => {
    let at = Math.min(fixed, following.length);
    while (at < following.length) {
      const name = following[at]?.text ?? '';
      const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
      if (row === undefined) break;
      at += 1 + wordsTaken(row.argument, following.slice(at + 1));
    }
    return Math.min(at, following.length);
  };

/** 64 bits, in the notation of C. */
export const wideNumber: Argument<bigint> = {
  syntax: 'NUMBER',
  range: '0 to 18446744073709551615',
  outside: 'it is not used',
  read: ({ words: [keyword, given] }): Reading<bigint> => {
    if (given === undefined) return missing(keyword.text, 'NUMBER');
    const value = /^(?:0x[0-9a-f]+|\d+)$/i.test(given.text) ? BigInt(given.text) : undefined;
    if (value !== undefined && value < 2n ** 64n) return plainly(value);
    const message = `${keyword.text} takes a whole number of at most 64 bits, not "${given.text}"`;
    return refused({ code: 'not-a-number', message, word: 1, remedy: 'write a whole number' });
  },
};

/** The number under which routes and rules are marked as ours. */
const ownProtocol = 18;

/** What bears another mark than ours cannot be watched. */
export function foreignProtocol(
  { children }: OptionLine,
  { protocol, no_track }: Readonly<Record<'protocol' | 'no_track', Row>>,
  what: string,
): readonly Problem[] {
  const given = children.findLast(({ row }) => row === protocol);
  if (given === undefined || children.some(({ row }) => row === no_track)) return [];
  if (protocol.argument.read(given.statement).value === ownProtocol) return [];
  return [
    {
      code: 'not-tracked',
      severity: 'warning',
      message: `a ${what} of protocol ${given.statement.words[1]?.text ?? ''} cannot be watched`,
      word: 0,
      used: 'protocol keepalived (18)',
      remedy: 'remove protocol, or add no_track',
      keepalived: 'reported',
    },
  ];
}
