import type { Subject } from '../diagnostics/diagnostic.ts';
import type { Block, Row, Rows } from '../keywords/row.ts';
import { indentation } from '../language/column.ts';
import type { Statement } from '../language/statement.ts';
import type { Node } from './node.ts';

/** A block that is being read. */
export interface Frame {
  readonly parent: Frame | undefined;
  /** The keyword before the brace; undefined for the outermost level. */
  readonly header: Statement | undefined;
  readonly row: Row | undefined;
  readonly block: Block;
  /** Blanks before the line of the header; -1 for the outermost level. */
  readonly indent: number;
  readonly subject: Subject | undefined;
  readonly children: Node[];
  readonly entries: Statement[];
  /** First uses of keywords that count once. */
  seen: Map<string, Statement> | undefined;
  /** The block inside this one that was closed last. */
  lastClosed: Frame | undefined;
  /** A closing brace came too early: the one that will be too many is awaited. */
  strayClose: boolean;
  /** Neither of its braces is there. */
  isBare: boolean;
}

export interface FrameRequest {
  readonly parent: Frame | undefined;
  readonly header: Statement | undefined;
  readonly row: Row | undefined;
  readonly block: Block;
  readonly subject: Subject | undefined;
}

export const openFrame = (request: FrameRequest): Frame => ({
  // Spelt out: for each line that opens a block a spread costs as much as the rest of reading it.
  parent: request.parent,
  header: request.header,
  row: request.row,
  block: request.block,
  subject: request.subject,
  indent: request.header === undefined ? -1 : indentation(request.header.origin.raw),
  children: [],
  entries: [],
  seen: undefined,
  lastClosed: undefined,
  strayClose: false,
  isBare: false,
});

const none: Rows = {};
export const rowsOf = (block: Block): Rows => (block.kind === 'keywords' ? block.rows : none);

/** The row of a keyword that is legal in the block. */
export function rowIn(rows: Rows, keyword: string): Row | undefined {
  return Object.hasOwn(rows, keyword) ? rows[keyword] : undefined;
}

/** `vrrp_instance VI_1` */
export const titleOf = ({ header }: Frame): string =>
  header === undefined ? 'the outermost level' : header.words.map((word) => word.text).join(' ');

/** The nearest block around `frame` in which the keyword is legal. */
export function ancestorWith(frame: Frame, keyword: string): Frame | undefined {
  for (let outer = frame.parent; outer !== undefined; outer = outer.parent) {
    if (rowIn(rowsOf(outer.block), keyword) !== undefined) return outer;
  }
  return undefined;
}
