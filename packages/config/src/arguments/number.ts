import { type Micros, micros } from '@holdfast/kit';
import type { Argument, Problem, Reading } from '../keywords/row.ts';
import { corrected, isPlaceholder, missing, placeholder, plainly, refused } from './reading.ts';

/** In seconds: what keepalived takes without a limit ends where microseconds stop being exact (285 years). */
export const longestInterval = 9_000_000_000;

export interface NumberOptions {
  /** What happens to a value outside the range: the statement is ignored, the nearest bound is used, or this value. */
  readonly outside?: 'ignore' | 'clamp' | number;
  /** The value that 0 is turned into, with a message. */
  readonly zeroBecomes?: number;
  /** The value of the bare keyword; without it an argument is needed. */
  readonly bare?: number;
  /** Followed by something that is no number, `10abc`, it is not read as 10. */
  readonly strict?: boolean;
  /** The handler checks for the argument itself: a missing one is not the end. */
  readonly missing?: 'ignored';
  readonly syntax?: string;
}

/** A whole number in decimal, from `low` to `high`. */
export function wholeNumber(low: number, high: number, options: NumberOptions = {}): Argument<number> {
  const syntax = options.syntax ?? 'NUMBER';
  return {
    syntax: options.bare === undefined ? syntax : `[${syntax}]`,
    range: `${low} to ${high}`,
    bounds: [low, high],
    outside: outsideText(options),
    read: ({ words: [keyword, word] }) => {
      if (word === undefined) {
        return options.bare === undefined
          ? missing(keyword.text, syntax, options.missing)
          : plainly(options.bare);
      }
      return readNumber(keyword.text, word.text, { low, high, places: 0, ...options });
    },
  };
}

export interface DurationOptions extends NumberOptions {
  /** Digits allowed behind the decimal point; 6 by default, 0 for whole seconds. */
  readonly places?: number;
}

/** Seconds, with a decimal fraction unless `places` is 0. @param low,high in seconds */
export function secondsBetween(low: number, high: number, options: DurationOptions = {}): Argument<Micros> {
  const places = options.places ?? 6;
  const syntax = options.syntax ?? 'SECONDS';
  return {
    syntax: options.bare === undefined ? syntax : `[${syntax}]`,
    range: `${low} to ${high} seconds`,
    bounds: [micros(low * 1e6), micros(high * 1e6)],
    outside: outsideText(options),
    read: ({ words: [keyword, word] }) => {
      if (word === undefined) {
        return options.bare === undefined
          ? missing(keyword.text, syntax, options.missing)
          : plainly(micros(options.bare * 1e6));
      }
      const { value, problems } = readNumber(keyword.text, word.text, { low, high, ...options, places });
      return { value: value === undefined ? undefined : micros(value * 1e6), problems };
    },
  };
}

/** A whole number that is the only word: with another one behind it, or none, the line is ignored. */
export function onlyNumber(low: number, high: number): Argument<number> {
  const plain = wholeNumber(low, high, { strict: true, missing: 'ignored', syntax: 'BYTES' });
  return {
    ...plain,
    read: (statement) => {
      const second = statement.words[2];
      if (second === undefined) return plain.read(statement);
      const message = `${statement.words[0].text} takes one number; "${second.text}" is too many`;
      return refused({ code: 'too-many-words', message, word: 2, remedy: 'remove it' });
    },
  };
}

/** A number with up to `places` digits behind the point, in the unit that `syntax` names. */
export function decimalNumber(
  low: number,
  high: number,
  places: number,
  options: NumberOptions = {},
): Argument<number> {
  const syntax = options.syntax ?? 'NUMBER';
  return {
    syntax,
    range: `${low} to ${high}`,
    bounds: [low, high],
    outside: outsideText(options),
    read: ({ words: [keyword, word] }) =>
      word === undefined
        ? missing(keyword.text, syntax, options.missing)
        : readNumber(keyword.text, word.text, { low, high, places, ...options }),
  };
}

interface Limits extends NumberOptions {
  readonly low: number;
  readonly high: number;
  readonly places: number;
}

/** Reads one number; `places` 0 means a whole one. */
export function readNumber(keyword: string, text: string, limits: Limits): Reading<number> {
  const { places, strict } = limits;
  if (isPlaceholder(text)) return refused(placeholder(text, 1));
  const [, digits, rest = ''] =
    (places > 0 ? /^\s*([+-]?(?:\d+\.?\d*|\.\d+))(.*)$/s : /^\s*([+-]?\d+)(.*)$/s).exec(text) ?? [];
  if (digits === undefined || (rest !== '' && strict === true)) return notANumber(keyword, text, limits);
  const value = roundTo(Number(digits), places);
  // What cannot be negative has no minus sign, not before a zero either.
  if (value === 0 && digits.startsWith('-') && limits.low >= 0) return notANumber(keyword, text, limits);
  const judged = inRange(keyword, value, limits);
  if (rest !== '') return withProblem(judged, trailing(keyword, text, rest, value));
  const fraction = digits.split('.')[1] ?? '';
  return fraction.length > places ? withProblem(judged, tooPrecise(keyword, text, value, places)) : judged;
}

function inRange(keyword: string, value: number, limits: Limits): Reading<number> {
  const { low, high, outside = 'ignore', zeroBecomes } = limits;
  if (value === 0 && zeroBecomes !== undefined) {
    return corrected(zeroBecomes, { ...outOfRange(keyword, value, limits), used: `${zeroBecomes} is used` });
  }
  if (value >= low && value <= high) return plainly(value);
  if (outside === 'ignore') return refused(outOfRange(keyword, value, limits));
  const used = outside === 'clamp' ? Math.min(high, Math.max(low, value)) : outside;
  return corrected(used, { ...outOfRange(keyword, value, limits), used: `${used} is used` });
}

const withProblem = (reading: Reading<number>, problem: Problem): Reading<number> =>
  // One mistake, one diagnostic: a value that is out of range too has been told already.
  reading.problems.length > 0 ? reading : { value: reading.value, problems: [problem] };

const outOfRange = (keyword: string, value: number, { low, high, zeroBecomes }: Limits): Problem => ({
  code: 'out-of-range',
  message: `${keyword} ${value} is outside ${zeroBecomes === undefined ? low : Math.max(low, zeroBecomes)} to ${high}`,
  word: 1,
  remedy: `write a value from ${zeroBecomes === undefined ? low : Math.max(low, zeroBecomes)} to ${high}`,
});

function notANumber(keyword: string, text: string, { outside, low, high, places }: Limits): Reading<number> {
  const problem: Problem = {
    code: 'not-a-number',
    message: `${keyword} takes a ${places > 0 ? 'number' : 'whole number'}, not "${text}"`,
    word: 1,
    remedy: remedyFor(text, `write a ${places > 0 ? 'number' : 'whole number'} from ${low} to ${high}`),
  };
  return typeof outside === 'number'
    ? corrected(outside, { ...problem, used: `${outside} is used` })
    : refused(problem);
}

/** What other languages have around a value is named. */
function remedyFor(text: string, otherwise: string): string {
  if (text === '=' || text === ':') return `remove the ${text}: the value stands behind a blank`;
  const [, number, sign] = /^(\d+(?:\.\d+)?)([;,])$/.exec(text) ?? [];
  return number === undefined
    ? `${otherwise}, and nothing directly behind it`
    : `write ${number}, without the ${sign ?? ''}`;
}

const trailing = (keyword: string, text: string, rest: string, value: number): Problem => ({
  code: 'trailing-characters',
  message: `${keyword} has "${rest}" directly behind the number in "${text}"`,
  word: 1,
  used: `${value} is used`,
  remedy: `write only ${value}`,
});

const tooPrecise = (keyword: string, text: string, value: number, places: number): Problem => ({
  code: 'too-precise',
  message: `${keyword} ${text} has more than ${places} digit(s) behind the point`,
  word: 1,
  used: `${value} is used`,
  remedy: `write at most ${places} digits behind the point`,
});

/** Half up, as the last digit of a decimal. */
const roundTo = (value: number, places: number): number =>
  Math.round(value * 10 ** places + 1e-7) / 10 ** places;

function outsideText({ outside = 'ignore', zeroBecomes }: NumberOptions): string {
  const zero = zeroBecomes === undefined ? '' : `0 becomes ${zeroBecomes}; `;
  if (outside === 'ignore') return `${zero}the line is ignored`;
  return outside === 'clamp' ? `${zero}the nearest bound is used` : `${zero}${outside} is used`;
}
