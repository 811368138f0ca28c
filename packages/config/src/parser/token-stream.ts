import type { Line } from '../language/line.ts';
import type { LineRange } from '../language/lines.ts';
import { shapes } from '../language/physical-lines.ts';
import { type Token, tokensOf } from '../language/statement.ts';
import type { KnownServer } from './node.ts';

/** A virtual server whose block is not read with the rest, in the place of its lines. */
export interface ServerItem {
  /** The line that its block begins with. */
  readonly header: Line;
  /** What is known of it; else it is read by itself. */
  readonly known: KnownServer | undefined;
  readonly block: LineRange;
}

export interface ServerToken extends ServerItem {
  readonly kind: 'server';
}

export type RunToken = Token | ServerToken;

/** What is parsed: stretches of lines, and virtual servers in between. */
export type Items = readonly (LineRange | ServerItem)[];

/** Tokens one by one: no more of them exist than are being looked at. */
export interface TokenStream {
  /** The next token, or the one behind it; undefined behind the end. */
  peek(ahead?: 0 | 1): RunToken | undefined;
  skip(): void;
  /** The text up to the brace that closes the block; undefined where that needs a closer look. */
  restOfBlock(): string | undefined;
  /** Goes on behind the block whose text was asked for last. */
  skipBlock(): void;
}

export function tokenStream(items: Items): TokenStream {
  /** Tokens of lines that have been begun, those from `taken` on. */
  let waiting: readonly RunToken[] = [];
  let taken = 0;
  let item = 0;
  let next = 0;
  let blockEnd: number | undefined;
  const begin = (index: number): void => {
    item = index;
    const begun = items[index];
    next = begun === undefined || 'header' in begun ? 0 : begun.first;
  };
  const add = (tokens: readonly RunToken[]): void => {
    waiting = taken < waiting.length ? [...waiting.slice(taken), ...tokens] : tokens;
    taken = 0;
  };
  /** @returns false behind the end */
  const load = (): boolean => {
    const current = items[item];
    if (current === undefined) return false;
    if ('header' in current) {
      add([{ kind: 'server', ...current }]);
      begin(item + 1);
    } else if (next >= current.end) {
      begin(item + 1);
    } else {
      add(tokensOf(current.lines.at(next), current.lines.shapes[next]));
      next++;
    }
    return true;
  };
  begin(0);
  return {
    peek(ahead = 0) {
      while (taken + ahead >= waiting.length) if (!load()) return undefined;
      return waiting[taken + ahead];
    },
    skip() {
      taken++;
    },
    restOfBlock() {
      const current = items[item];
      if (taken < waiting.length || current === undefined || 'header' in current) return undefined;
      blockEnd = closingLine(current, next);
      return blockEnd === undefined ? undefined : current.lines.textOf(next, blockEnd);
    },
    skipBlock() {
      if (blockEnd !== undefined) next = blockEnd + 1;
    },
  };
}

/** The line with the brace that closes the block around `first`, if all braces until there stand as they usually do. */
export function closingLine({ lines, end }: LineRange, first: number): number | undefined {
  const all = lines.shapes;
  let depth = 0;
  for (let index = first; index < end; index++) {
    const shape = all[index];
    if (shape === shapes.opens) depth++;
    else if (shape === shapes.closes && depth-- === 0) return index;
    else if (shape === shapes.braces || shape === shapes.special) return undefined;
  }
  return undefined;
}

/** How many opening braces there are more than closing ones. */
export function surplusOpens(items: Items): number {
  let sum = 0;
  for (const item of items) {
    if ('header' in item) continue;
    const all = item.lines.shapes;
    for (let index = item.first; index < item.end; index++) {
      const shape = all[index];
      if (shape === shapes.opens) sum++;
      else if (shape === shapes.closes) sum--;
      else if (shape !== shapes.plain) sum += depthChange(item.lines.at(index));
    }
  }
  return sum;
}

const depthChange = (line: Line): number => tokensOf(line).reduce((sum, { kind }) => sum + changes[kind], 0);

const changes = { open: 1, close: -1, statement: 0 } as const;
