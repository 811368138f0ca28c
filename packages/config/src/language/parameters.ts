import type { Random } from '@holdfast/kit';
import { longestLine } from './line.ts';

/** A parameter's text; several pieces when its definition went on over lines that end in a backslash. */
export type ParameterValue = readonly [string, ...string[]];

export interface Parameters {
  readonly get: (name: string) => ParameterValue | undefined;
}

/** What the built-in parameters stand for at this place of the file. */
export interface Surroundings {
  /** `_PWD`: the directory of the file being read. */
  readonly directory: string;
  /** `_INSTANCE`: the config id. */
  readonly configId: string;
  /** `_ENV NAME` */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `_RANDOM`: new at every use, repeatable by its seed. */
  readonly random: Random;
}

export interface Substitution {
  readonly lines: readonly [string, ...string[]];
  readonly changed: boolean;
  readonly problem?: 'too-long' | 'endless' | 'random-bounds';
}

/** `$NAME=VALUE` at the start of a line; no blank before the equals sign. */
export function parseDefinition(text: string): { readonly name: string; readonly value: string } | undefined {
  const [, name, value] = /^[ \t-\r]*\$([A-Za-z_]\w*)=[ \t-\r]*(.*?)[ \t-\r]*$/s.exec(text) ?? [];
  return name === undefined || value === undefined ? undefined : { name, value };
}

/** `$NAME` needs a blank, a comma, a closing parenthesis or the end behind it; `${NAME ARGUMENTS}` may stand anywhere. */
const use = /\$(?:\{([A-Za-z_]\w*)((?:[ \t-\r]+[^{}]*)?)\}|([A-Za-z_]\w*)(?=[ \t-\r,)]|$))/g;
/** Replacement goes on until nothing changes; a parameter that names itself would never come to that. */
const mostRounds = 64;

/**
 * Replaces parameters until nothing changes. Only the last thing of a line may be a parameter of several lines; what
 * stands before it goes in front of its first line. Unknown names stay as they are.
 */
export function substitute(text: string, parameters: Parameters, surroundings: Surroundings): Substitution {
  let current = text;
  let problem: Substitution['problem'];
  const replaceUse = (
    whole: string,
    braced: string | undefined,
    given: string | undefined,
    bare: string | undefined,
  ) => {
    const name = braced ?? bare ?? '';
    const value = parameters.get(name);
    if (value !== undefined) {
      if (value[0] === whole) problem = 'endless';
      return value.length === 1 && (given ?? '').trim() === '' ? value[0] : whole;
    }
    const result = builtIn(name, (given ?? '').trim().split(/\s+/), surroundings);
    if (result?.wrongBounds === true) problem = 'random-bounds';
    return result?.text ?? whole;
  };
  for (let round = 0; current.includes('$'); round++) {
    const next = current.replaceAll(use, replaceUse);
    if (next === current) break;
    if (next.length > longestLine) return { lines: [text], changed: false, problem: 'too-long' };
    if (round === mostRounds) return { lines: [text], changed: false, problem: 'endless' };
    current = next;
  }
  const lines = withLastLines(current, parameters);
  return {
    lines,
    changed: lines.length > 1 || lines[0] !== text,
    ...(problem === undefined ? {} : { problem }),
  };
}

function withLastLines(text: string, parameters: Parameters): readonly [string, ...string[]] {
  const [whole, braced, bare] = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))\s*$/.exec(text) ?? [];
  if (whole === undefined) return [text];
  const value = parameters.get(braced ?? bare ?? '');
  if (value === undefined || value.length === 1) return [text];
  const [first, ...others] = value;
  return [text.slice(0, -whole.length) + first, ...others];
}

interface BuiltInResult {
  readonly text: string;
  readonly wrongBounds?: true;
}

function builtIn(
  name: string,
  given: readonly string[],
  surroundings: Surroundings,
): BuiltInResult | undefined {
  switch (name) {
    case '_PWD':
      return { text: surroundings.directory };
    case '_INSTANCE':
      return { text: surroundings.configId };
    case '_HASH':
      return { text: '#' };
    case '_BANG':
      return { text: '!' };
    case '_ENV':
      return { text: surroundings.environment[given[0] ?? ''] ?? '' };
    case '_RANDOM':
      return randomNumber(given, surroundings.random);
    default:
      return undefined;
  }
}

/** `${_RANDOM MIN MAX}`: both included, 0 and 32767 by default; MIN above MAX is an error, and MIN is used. */
function randomNumber(given: readonly string[], random: Random): BuiltInResult {
  const [low, high] = [wholeOr(given[0], 0), wholeOr(given[1], 32_767)];
  if (low > high) return { text: String(low), wrongBounds: true };
  return { text: String(random.whole(low, high)) };
}

const wholeOr = (text: string | undefined, fallback: number): number =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : fallback;
