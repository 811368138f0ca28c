import type { Line } from '../language/line.ts';
import type { Lines } from '../language/lines.ts';
import { shapes } from '../language/physical-lines.ts';
import { tokensOf } from '../language/statement.ts';

/** A `virtual_server` of the file from its first line to its closing brace. */
export interface ServerBlock {
  /** Places in the list of lines: the first one, and the one behind the last. */
  readonly first: number;
  readonly end: number;
}

/**
 * The virtual servers of a file that is written as files are: each begins and ends with a line of its own, and all
 * braces have their partner. Those of groups depend on another block, and are left out.
 * @returns undefined where that cannot be told: a brace or a quote is missing, or a line closes one block and opens another
 */
export function serverBlocks(lines: Lines): readonly ServerBlock[] | undefined {
  const blocks: ServerBlock[] = [];
  let depth = 0;
  let first: number | undefined;
  const all = lines.shapes;
  const { length } = lines;
  for (let index = 0; index < length; index++) {
    const shape = all[index];
    // Nearly all lines inside a block are of one of the first three kinds.
    const change =
      shape === shapes.plain
        ? 0
        : shape === shapes.opens
          ? 1
          : shape === shapes.closes
            ? -1
            : depthChange(lines.at(index));
    if (change === undefined || depth + change < 0) return undefined;
    if (depth === 0 && change > 0 && begins.test(lines.at(index).text)) first = index;
    depth += change;
    if (first === undefined || depth > 0) continue;
    if (shape !== shapes.closes && !lines.at(index).text.trimEnd().endsWith('}')) return undefined;
    blocks.push({ first, end: index + 1 });
    first = undefined;
  }
  return depth === 0 ? blocks : undefined;
}

/** All that stands outside of the blocks, as one text. */
export function textOutside(lines: Lines, blocks: readonly ServerBlock[]): string {
  const texts: string[] = [];
  let at = 0;
  for (const { first, end } of [...blocks, { first: lines.length, end: lines.length }]) {
    for (; at < first; at++) texts.push(lines.at(at).text);
    at = end;
  }
  return texts.join('\n');
}

const begins = /^\s*virtual_server\s+(?!group\b)[^\s{}"$]+(?:\s+[^\s{}"$]+)*\s*\{\s*$/;

/** How much deeper it is behind the line; undefined where something begins behind a closing brace, or a quote is open. */
function depthChange(line: Line): number | undefined {
  const { text } = line;
  if (line.openQuote) return undefined;
  const [open, close] = [text.lastIndexOf('{'), text.indexOf('}')];
  if (open < 0 && close < 0) return 0;
  if (close >= 0 && open > close) return undefined;
  return tokensOf(line).reduce((sum, { kind }) => sum + changes[kind], 0);
}

const changes = { open: 1, close: -1, statement: 0 } as const;
