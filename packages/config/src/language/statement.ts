import { isBlank } from './blanks.ts';
import { columnOf } from './column.ts';
import type { Line, Origin } from './line.ts';
import { type Shape, shapes } from './physical-lines.ts';
import { plainWords, splitWords, type Word } from './words.ts';

/** A keyword with its arguments, or an entry of a list: the words of a line between braces. */
export interface Statement {
  readonly words: readonly [Word, ...Word[]];
  /** The text of the statement, for keywords that split it their own way. */
  readonly text: string;
  readonly origin: Origin;
  /** A double quote was left open behind it. */
  readonly openQuote: boolean;
}

export type Token =
  | { readonly kind: 'statement'; readonly statement: Statement }
  | { readonly kind: 'open'; readonly origin: Origin; readonly column: number }
  /** `leads`: nothing stands before it on its line, so that its indentation tells which block it was meant for. */
  | { readonly kind: 'close'; readonly origin: Origin; readonly column: number; readonly leads: boolean };

/** Quoted text and a parameter that nobody defined keep their braces. */
const brace = /"[^"]*"|\$\{[^{}]*\}|[{}]/g;

/**
 * Splits a line at its braces outside double quotes: what follows one is read as if it stood on a line of its own.
 * @param shape what is known of the line: nearly all are of a kind that needs no search
 */
export function tokensOf(line: Line, shape: Shape = shapes.special): readonly Token[] {
  const { text, origin } = line;
  if (shape === shapes.closes) return [{ kind: 'close', origin, column: text.indexOf('}'), leads: true }];
  if (shape === shapes.opens) return headerTokens(text, origin);
  return shape === shapes.plain || !/[{}]/.test(text) ? statementOf(line, text) : tokensAround(line);
}

/** A keyword with its arguments, and the brace behind it. */
function headerTokens(text: string, origin: Origin): readonly Token[] {
  let column = text.length - 1;
  while (text.charCodeAt(column) !== openingBrace) column--;
  const words = plainWords(text, 0, column);
  const open = { kind: 'open', origin, column } as const;
  if (!isSome(words)) return [open];
  const statement = { words, text: text.slice(0, column), origin, openQuote: false };
  return [{ kind: 'statement', statement }, open];
}

const openingBrace = 0x7b;

/** @param text the line without its braces */
function statementOf({ origin, openQuote }: Line, text: string): readonly Token[] {
  const words = wordsBetween(text, 0, text.length);
  return words === undefined ? [] : [{ kind: 'statement', statement: { words, text, origin, openQuote } }];
}

function tokensAround({ text, origin, openQuote }: Line): readonly Token[] {
  const tokens: Token[] = [];
  let start = 0;
  const push = (end: number): void => {
    const words = wordsBetween(text, start, end);
    if (words === undefined) return;
    const isLast = end === text.length;
    const statement = { words, text: text.slice(start, end), origin, openQuote: openQuote && isLast };
    tokens.push({ kind: 'statement', statement });
  };
  for (const { 0: found, index } of text.matchAll(brace)) {
    if (found !== '{' && found !== '}') continue;
    push(index);
    const column = origin.raw[index] === found ? index : Math.max(0, origin.raw.indexOf(found));
    const leads = isBlank(text.slice(0, index));
    tokens.push(found === '{' ? { kind: 'open', origin, column } : { kind: 'close', origin, column, leads });
    start = index + 1;
  }
  push(text.length);
  return tokens;
}

function wordsBetween(text: string, start: number, end: number): Statement['words'] | undefined {
  const words = splitWords(text, start, end);
  return isSome(words) ? words : undefined;
}

const isSome = (words: readonly Word[]): words is Statement['words'] => words.length > 0;

/** The words after the keyword. */
export const argumentsOf = (statement: Statement): readonly Word[] => statement.words.slice(1);

/** Where a word of the statement stands in the file: column from 0, and its length. */
export function placeOf(
  statement: Statement,
  index: number,
): { readonly column: number; readonly length: number } {
  const word = statement.words[index] ?? statement.words[0];
  const column = columnOf(statement.origin.raw, word);
  return { column, length: Math.max(1, word.text.length + (word.quoted ? 2 : 0)) };
}
