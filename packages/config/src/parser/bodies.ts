import type { Row } from '../keywords/row.ts';
import { virtualServerRows } from '../keywords/virtual-server.ts';
import type { Node } from './node.ts';
import type { TokenStream } from './token-stream.ts';

/**
 * What stood between the braces of blocks, by its text: real servers with the same text share what was read of the first
 * one. Their keywords have its places, so where there is anything to report the block around them is read again without this.
 */
export type Bodies = Map<string, readonly Node[]>;

/** Most that are kept: a file in which every server is different gains nothing by more. */
export const mostBodies = 1000;

/** The text of a block that may be shared, up to its closing brace; undefined: it is read for itself. */
export function sharedText(bodies: Bodies | undefined, row: Row, tokens: TokenStream): string | undefined {
  if (bodies === undefined || row !== virtualServerRows.real_server) return undefined;
  return tokens.restOfBlock();
}

export function share(bodies: Bodies | undefined, text: string, children: readonly Node[]): void {
  if (bodies !== undefined && bodies.size < mostBodies) bodies.set(text, children);
}
