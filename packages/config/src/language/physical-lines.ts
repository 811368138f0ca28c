import { isTooLong, longestLine } from './line.ts';
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

/** Hands over each physical line of a file: what looks at every character is a search, many times as fast as a loop. */
export function eachPhysicalLine({ text, codes }: Pick<SourceText, 'text' | 'codes'>, take: TakeLine): void {
  const { length } = codes;
  let number = 0;
  for (let start = 0, at = 0; start < length; start = at + 1) {
    let braces = 0;
    let isSpecial = false;
    for (at = nextThatCounts(text, start); at < length; at = nextThatCounts(text, at + 1)) {
      const code = codes[at];
      if (code === lineFeed) break;
      if (code === openingBrace || code === closingBrace) braces++;
      else isSpecial = true;
    }
    const end = at > start && codes[at - 1] === carriageReturn ? at - 1 : at;
    let first = start;
    while (first < end && blanks[codes[first] ?? 0] === 1) first++;
    number++;
    if (first >= end) take(start, end, number, shapes.blank);
    else if (isSpecial || isLong(text, start, end) || beginsSpecially(text, first))
      take(start, end, number, shapes.special);
    else if (braces === 0) take(start, end, number, shapes.plain);
    else {
      const shape = braces > 1 ? shapes.braces : shapeWithBrace(codes, first, end);
      const goesOn = shape === shapes.braces && behindBrace(text.slice(start, end)) !== undefined;
      take(start, end, number, goesOn ? shapes.special : shape);
    }
  }
}

/** The end of a line, a brace, or what makes a line special. */
const countsForTheShape = /[\n{}"#!$\0]/g;

/** @returns the length of the text behind the last one */
function nextThatCounts(text: string, from: number): number {
  countsForTheShape.lastIndex = from;
  return countsForTheShape.test(text) ? countsForTheShape.lastIndex - 1 : text.length;
}

/** Hardly any line is so long that its bytes have to be counted. */
const isLong = (text: string, start: number, end: number): boolean =>
  (end - start) * 3 > longestLine && isTooLong(text.slice(start, end));

/** With one brace at its end it is the beginning of a block, with nothing but one the end. */
function shapeWithBrace(codes: SourceText['codes'], first: number, end: number): Shape {
  let last = end - 1;
  while (blanks[codes[last] ?? 0] === 1) last--;
  const code = codes[last];
  if (last === first) return code === closingBrace ? shapes.closes : shapes.braces;
  return code === openingBrace ? shapes.opens : shapes.braces;
}

/** Whether `@ID`, `~SEQ` or `include` may stand there. @param first where the ink of the line begins */
export function beginsSpecially(text: string, first: number = text.search(/[^ \t-\r]/)): boolean {
  const code = text.charCodeAt(first);
  return code === atSign || code === tilde || (code === letterI && text.startsWith('include', first));
}

const braceOrQuoted = /"[^"]*"|\$\{[^{}]*\}|[{}]/g;
const statementOfTheLanguage = /^[ \t-\r]*(?:[@~]|\$\w+=|include[rmwba]?[ \t-\r])/;

/**
 * What stands behind a brace is read as a line of its own: where that makes a difference before the keywords are looked
 * at, since a condition, a definition, a sequence or an include begins there.
 * @returns its offset
 */
export function behindBrace(text: string): number | undefined {
  if (!/[{}][ \t-\r]*[@~$i]/.test(text)) return undefined;
  for (const { 0: found, index } of text.matchAll(braceOrQuoted)) {
    if ((found === '{' || found === '}') && statementOfTheLanguage.test(text.slice(index + 1)))
      return index + 1;
  }
  return undefined;
}

const [lineFeed, carriageReturn] = [0x0a, 0x0d];
const [openingBrace, closingBrace] = [0x7b, 0x7d];
const [atSign, tilde, letterI] = [0x40, 0x7e, 0x69];

/** 1 for each character that separates words within a line. */
const blanks = new Uint8Array(128);
for (const character of ' \t\v\f\r') blanks[character.charCodeAt(0)] = 1;
