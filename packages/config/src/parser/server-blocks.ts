import type { Line } from '../language/line.ts';
import { tokensOf } from '../language/statement.ts';

/** A `virtual_server` of the file from its first line to its closing brace. */
export interface ServerBlock {
  /** Places in the list of lines: the first one, and the one behind the last. */
  readonly first: number;
  readonly end: number;
  readonly text: string;
}

export interface ServerBlocks {
  readonly blocks: readonly ServerBlock[];
  /** All that stands outside of them. */
  readonly rest: string;
}

/**
 * The virtual servers of a file that is written as files are: each begins and ends with a line of its own, and all
 * braces have their partner. Those of groups depend on another block, and are part of the rest.
 * @returns undefined where that cannot be told: a brace or a quote is missing, or a line closes one block and opens another
 */
export function serverBlocks(lines: readonly Line[]): ServerBlocks | undefined {
  const blocks: ServerBlock[] = [];
  const rest: string[] = [];
  let depth = 0;
  let first: number | undefined;
  for (const [index, line] of lines.entries()) {
    const { text, openQuote } = line;
    const change = depthChange(line);
    if (change === undefined || openQuote || depth + change < 0) return undefined;
    if (depth === 0 && begins.test(text)) first = index;
    depth += change;
    if (first === undefined) rest.push(text);
    else if (depth === 0) {
      if (!text.trimEnd().endsWith('}')) return undefined;
      blocks.push({ first, end: index + 1, text: textOf(lines, first, index + 1) });
      first = undefined;
    }
  }
  return depth === 0 ? { blocks, rest: rest.join('\n') } : undefined;
}

const begins = /^\s*virtual_server\s+(?!group\b)[^\s{}"$]+(?:\s+[^\s{}"$]+)*\s*\{\s*$/;

const textOf = (lines: readonly Line[], first: number, end: number): string =>
  lines
    .slice(first, end)
    .map(({ text }) => text)
    .join('\n');

/** How much deeper it is behind the line; undefined where something begins behind a closing brace. */
function depthChange(line: Line): number | undefined {
  const { text } = line;
  const [open, close] = [text.lastIndexOf('{'), text.indexOf('}')];
  if (open < 0 && close < 0) return 0;
  if (close >= 0 && open > close) return undefined;
  // Nearly every brace stands alone in its line.
  const isAlone = open < 0 ? close === text.lastIndexOf('}') : close < 0 && open === text.indexOf('{');
  if (isAlone && !/["$]/.test(text)) return open < 0 ? -1 : 1;
  return tokensOf(line).reduce((sum, { kind }) => sum + changes[kind], 0);
}

const changes = { open: 1, close: -1, statement: 0 } as const;
