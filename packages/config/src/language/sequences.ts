import { fail, ok, type Result } from '@holdfast/kit';

/** What a `~SEQ` or `~LST` line asks for: its text once for each set of values. */
export interface Repetition {
  readonly names: readonly string[];
  readonly values: readonly (readonly string[])[];
  readonly text: string;
}

/** More rounds than any file needs; a slip of the keyboard must not fill the memory. */
const mostRounds = 100_000;

export const isRepetition = (text: string): boolean => /^[ \t-\r]*~(?:SEQx?|LST)[ \t]*\(/.test(text);

/**
 * Reads `~SEQ(VAR, [START, [STEP,]] END) TEXT`, `~SEQx` (hexadecimal) and `~LST(VAR, a, b) TEXT` or
 * `~LST({V, W}, {a, 1}, {b, 2}) TEXT`. Parameters in the arguments must have been replaced before.
 * @returns the error as a sentence about what is wrong
 */
export function parseRepetition(text: string): Result<Repetition, string> {
  const [, kind, rest] = /^[ \t-\r]*~(SEQx?|LST)[ \t]*\((.*)$/s.exec(text) ?? [];
  if (kind === undefined || rest === undefined) return fail('the statement is not ~SEQ(…) or ~LST(…)');
  const end = rest.indexOf(')');
  if (end < 0) return fail(`~${kind} has no closing parenthesis`);
  const inside = rest.slice(0, end);
  const after = rest.slice(end + 1).trimStart();
  if (kind === 'LST') return parseList(inside, after);
  return parseSequence(inside, after, kind === 'SEQx');
}

function parseSequence(inside: string, text: string, hexadecimal: boolean): Result<Repetition, string> {
  const [name = '', ...numbers] = inside.split(/[\s,]+/).filter((part) => part !== '');
  if (!/^[A-Za-z_]\w*$/.test(name)) return fail(`~SEQ needs a parameter name first, not "${name}"`);
  if (numbers.length < 1 || numbers.length > 3) return fail('~SEQ takes one to three numbers after the name');
  const parsed = numbers.map(wholeNumber);
  if (parsed.includes(undefined)) return fail(`~SEQ takes whole numbers, not "${numbers.join(', ')}"`);
  const [start, step, end] = bounds(parsed.filter((value) => value !== undefined));
  if (step === 0 || (end - start) * step < 0)
    return fail(`~SEQ never comes from ${start} to ${end} in steps of ${step}`);
  const rounds = Math.floor((end - start) / step) + 1;
  if (rounds > mostRounds) return fail(`~SEQ makes ${rounds} lines; at most ${mostRounds} are read`);
  if (hexadecimal && Math.min(start, end) < 0) return fail('~SEQx cannot write negative numbers');
  const values = Array.from({ length: rounds }, (_, i) => [
    (start + i * step).toString(hexadecimal ? 16 : 10),
  ]);
  return ok({ names: [name], values, text });
}

/** One number counts from 1 to it (from -1 if it is negative), two from the first to the second. */
function bounds([first = 0, second, third]: readonly number[]): readonly [
  start: number,
  step: number,
  end: number,
] {
  if (second === undefined) {
    const start = first < 0 ? -1 : 1;
    return [start, first < start ? -1 : 1, first];
  }
  if (third === undefined) return [first, second < first ? -1 : 1, second];
  return [first, second, third];
}

/** Decimal, `0x` hexadecimal or `0` octal, as C writes them. */
function wholeNumber(text: string): number | undefined {
  const [, sign, digits = ''] = /^([+-]?)(0x[0-9a-f]+|\d+)$/i.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const octal = /^0[0-7]+$/.test(digits);
  const value = octal ? Number.parseInt(digits, 8) : Number(digits);
  return Number.isSafeInteger(value) ? (sign === '-' ? -value : value) : undefined;
}

function parseList(inside: string, text: string): Result<Repetition, string> {
  const parts = inside.match(/\{[^}]*\}|[^\s,{}]+/g) ?? [];
  const [names = [], ...values] = parts.map(setOf);
  if (names.length === 0 || !names.every((name) => /^[A-Za-z_]\w*$/.test(name))) {
    return fail('~LST needs a parameter name, or names in braces, first');
  }
  if (values.length === 0) return fail('~LST needs a value behind the name');
  const tooLong = values.find((set) => set.length > names.length);
  if (tooLong !== undefined)
    return fail(`~LST has ${names.length} name(s) but a set of ${tooLong.length} values`);
  return ok({ names, values, text });
}

const setOf = (part: string): readonly string[] =>
  part.startsWith('{')
    ? part
        .slice(1, -1)
        .split(',')
        .map((value) => value.trim())
    : [part];
