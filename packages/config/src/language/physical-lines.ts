import { longestLine } from './line.ts';
import type { SourceText } from './source.ts';

/**
 * What a physical line looks like at first sight:
 * `blank` nothing but white space, `plain` words without braces, `opens` words and one brace that opens behind them,
 * `closes` a closing brace alone, `braces` words with other braces, `special` anything that a stage of the preprocessor
 * has to see: quotes, comments, parameters, conditions, sequences, includes, NUL bytes, and lines that are too long.
 */
export const shapes = { blank: 0, plain: 1, opens: 2, closes: 3, braces: 4, special: 5 } as const;

/** One of `shapes`: numbers, as one is kept for every line. */
export type Shape = number;

/** @param start,end of the line in the text, without its line end @param number from 1 */
export type TakeLine = (start: number, end: number, number: number, shape: Shape) => void;

/** Hands over each physical line of a file: the one loop that looks at every character. */
export function eachPhysicalLine({ text, codes }: Pick<SourceText, 'text' | 'codes'>, take: TakeLine): void {
  const table = kinds;
  const length = codes.length;
  let number = 0;
  for (let at = 0; at < length; at++) {
    const start = at;
    let first = -1;
    let last = -1;
    let opens = 0;
    let closes = 0;
    let isSpecial = false;
    for (; at < length; at++) {
      const code = codes[at] ?? 0;
      const kind = code < 128 ? table[code] : ink;
      if (kind === blank) continue;
      if (kind === lineEnd) break;
      if (first < 0) first = at;
      last = at;
      if (kind === open) opens++;
      else if (kind === close) closes++;
      else if (kind === special) isSpecial = true;
    }
    const end = at > start && codes[at - 1] === carriageReturn ? at - 1 : at;
    number++;
    if (isSpecial || end - start > longestLine || (first >= 0 && beginsSpecially(text, first)))
      take(start, end, number, shapes.special);
    else take(start, end, number, shapeOf(text, first, last, opens, closes));
  }
}

function shapeOf(text: string, first: number, last: number, opens: number, closes: number): Shape {
  if (first < 0) return shapes.blank;
  if (opens === 0 && closes === 0) return shapes.plain;
  if (opens === 1 && closes === 0 && last > first && text.charCodeAt(last) === openingBrace)
    return shapes.opens;
  return opens === 0 && last === first ? shapes.closes : shapes.braces;
}

/** Whether `@ID`, `~SEQ` or `include` may stand there. @param first where the ink of the line begins */
export function beginsSpecially(text: string, first: number = text.search(/[^ \t-\r]/)): boolean {
  const code = text.charCodeAt(first);
  return code === atSign || code === tilde || (code === letterI && text.startsWith('include', first));
}

const [carriageReturn, openingBrace] = [0x0d, 0x7b];
const [atSign, tilde, letterI] = [0x40, 0x7e, 0x69];
const [ink, blank, open, close, special, lineEnd] = [0, 1, 2, 3, 4, 5];

/** By character: what it does to its line. */
const kinds = kindsOf([
  [' \t\v\f\r', blank],
  ['\n', lineEnd],
  ['{', open],
  ['}', close],
  ['"#!$\0', special],
]);

function kindsOf(groups: readonly (readonly [characters: string, kind: number])[]): Uint8Array {
  const table = new Uint8Array(128).fill(ink);
  for (const [characters, kind] of groups)
    for (const character of characters) table[character.charCodeAt(0)] = kind;
  return table;
}
