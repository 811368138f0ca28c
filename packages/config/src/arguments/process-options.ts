import type { Micros } from '@holdfast/kit';
import { micros } from '@holdfast/kit';
import type { Argument, Problem } from '../keywords/row.ts';
import { parseNumeral } from './named-number.ts';
import { readNumber } from './number.ts';
import { missing, plainly, refused } from './reading.ts';

/** `CPU [CPU ...]`: a wrong one makes the whole set void. */
export const cpuSet: Argument<readonly number[]> = {
  syntax: 'CPU [CPU ...]',
  range: 'numbers of processors that are there, from 0',
  outside: 'the process may run on every processor',
  read: ({ words: [keyword, ...given] }) => {
    if (given.length === 0) return missing(keyword.text, 'CPU [CPU ...]', 'ignored');
    const wrong = given.findIndex(({ text }) => !/^\d{1,4}$/.test(text) || Number(text) > 1023);
    if (wrong < 0) return plainly(given.map(({ text }) => Number(text)));
    const message = `"${given[wrong]?.text ?? ''}" is no number of a processor`;
    return refused({ code: 'not-a-number', message, word: wrong + 1, remedy: 'write numbers, from 0' });
  },
};

/** `[all] SECONDS`: how often, and whether on every further interface. @param low the least number of seconds */
export function extraInterfaceGarp(
  low: number,
): Argument<{ readonly all: boolean; readonly period: Micros }> {
  const syntax = '[all] SECONDS';
  return {
    syntax,
    range: `${low} to 86400 seconds`,
    outside: 'the line is ignored',
    read: ({ words: [keyword, first, second] }) => {
      const all = first?.text === 'all';
      const given = all ? second : first;
      if (given === undefined) return missing(keyword.text, syntax, 'ignored');
      const { value, problems } = readNumber(keyword.text, given.text, { low, high: 86_400, places: 0 });
      return {
        value: value === undefined ? undefined : { all, period: micros(value * 1e6) },
        problems: problems.map((problem) => ({ ...problem, word: all ? 2 : 1 })),
      };
    },
  };
}

/** A named pipe and who owns it. */
export interface Fifo {
  readonly path: string;
  readonly user: string | undefined;
  readonly group: string | undefined;
}

export const fifo: Argument<Fifo> = {
  syntax: 'PATH [USER [GROUP]]',
  read: ({ words: [keyword, path, user, group] }) =>
    path === undefined
      ? missing(keyword.text, 'PATH [USER [GROUP]]', 'ignored')
      : plainly({ path: path.text, user: user?.text, group: group?.text }),
};

export type ReceiveBuffers = { readonly policy: 'MTU' | 'ADVERT' } | { readonly bytes: number };

/** `MTU`, `ADVERT` or a number of bytes. */
export const receiveBuffers: Argument<ReceiveBuffers> = {
  syntax: 'MTU|ADVERT|BYTES',
  range: 'MTU, ADVERT (in any case), or 0 to 4294967295 bytes',
  outside: 'the line is ignored',
  read: ({ words: [keyword, given] }) => {
    if (given === undefined) return missing(keyword.text, 'MTU|ADVERT|BYTES', 'ignored');
    const policy = given.text.toUpperCase();
    if (policy === 'MTU' || policy === 'ADVERT') return plainly({ policy });
    if (/^\d+$/.test(given.text) && Number(given.text) < 2 ** 32)
      return plainly({ bytes: Number(given.text) });
    const message = `${keyword.text} does not know "${given.text}"`;
    return refused({
      code: 'unknown-value',
      message,
      word: 1,
      remedy: 'write MTU, ADVERT or a number of bytes',
    });
  },
};

const modeBits: ReadonlyMap<string, number> = new Map([
  ['IRWXU', 0o700],
  ['IRUSR', 0o400],
  ['IWUSR', 0o200],
  ['IXUSR', 0o100],
  ['IRWXG', 0o070],
  ['IRGRP', 0o040],
  ['IWGRP', 0o020],
  ['IXGRP', 0o010],
  ['IRWXO', 0o007],
  ['IROTH', 0o004],
  ['IWOTH', 0o002],
  ['IXOTH', 0o001],
]);

/** A number in the notation of C, or names of bits of `<sys/stat.h>` without their S_, with | between them. */
export const umask: Argument<number> = {
  syntax: 'NUMBER | BIT[|BIT...]',
  range: `0 to 0777, or ${[...modeBits.keys()].join(', ')}`,
  outside: 'the line is ignored',
  read: ({ words: [keyword, first, ...others] }) => {
    if (first === undefined) return missing(keyword.text, 'NUMBER | BIT[|BIT...]');
    const number = parseNumeral(first.text);
    if (number !== undefined && others[0] !== undefined) {
      const message = `umask takes one number; "${others[0].text}" is too many`;
      return refused({ code: 'too-many-words', message, word: 2, remedy: 'remove it' });
    }
    if (number !== undefined && number >= 0 && number <= 0o777) return plainly(number);
    const names = [first, ...others].flatMap(({ text }) => text.split('|')).filter((name) => name !== '');
    const wrong = names.find((name) => !modeBits.has(name));
    if (wrong === undefined)
      return plainly(names.reduce((mask, name) => mask | (modeBits.get(name) ?? 0), 0));
    const message =
      number === undefined ? `"${wrong}" is no permission bit` : `${first.text} is outside 0 to 0777`;
    return refused({
      code: 'unknown-value',
      message,
      word: 1,
      remedy: 'write a number such as 022, or names of bits',
    });
  },
};

/** `START MAX`: sizes of the stack that a compiled regular expression may use, in bytes. */
export const stackSizes: Argument<{ readonly start: number; readonly most: number }> = {
  syntax: 'START MAX',
  range: 'two whole numbers, the lower one first',
  outside: 'the line is ignored',
  read: ({ words: [keyword, first, second] }) => {
    if (first === undefined || second === undefined) return missing(keyword.text, 'START MAX');
    const [start, most] = [Number(first.text), Number(second.text)];
    const problem = stackProblem(first.text, second.text);
    return problem === undefined ? plainly({ start, most }) : refused(problem);
  },
};

function stackProblem(start: string, most: string): Problem | undefined {
  const remedy = 'write two whole numbers, the lower one first';
  if (!/^\d+$/.test(start) || !/^\d+$/.test(most)) {
    return {
      code: 'not-a-number',
      message: `"${start} ${most}" are no sizes`,
      word: 1,
      remedy,
      keepalived: 'none',
    };
  }
  if (Number(start) <= Number(most)) return undefined;
  return { code: 'bad-range', message: `${start} is above ${most}`, word: 1, remedy, keepalived: 'none' };
}
