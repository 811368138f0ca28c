import type { Row } from '../keywords/row.ts';
import { virtualServerRows } from '../keywords/virtual-server.ts';
import type { Frame } from './frame.ts';
import type { Node } from './node.ts';
import type { TokenStream } from './token-stream.ts';

/** What stands between the braces of blocks. */
export interface Bodies {
  /** @param read reads up to the closing brace of the block into its frame */
  read(row: Row, tokens: TokenStream, frame: Frame, read: () => void): readonly Node[];
}

/** Every block is read, each keyword with its own place: for all who ask for places, as diagnostics do. */
export const eachForItself: Bodies = {
  read: (_row, _tokens, { children }, read) => {
    read();
    return children;
  },
};

/** Most that are kept: a file in which every server is different gains nothing by more. */
const mostBodies = 1000;

/**
 * Real servers with the same text between their braces share what was read of the first one. Their keywords have its
 * places, so whoever uses this reads again with `eachForItself` as soon as there is anything to report.
 */
export function sharedBodies(): Bodies {
  const known = new Map<string, readonly Node[]>();
  return {
    read(row, tokens, frame, read) {
      const rest = row === virtualServerRows.real_server ? tokens.restOfBlock() : undefined;
      const children = rest === undefined ? undefined : known.get(rest.text);
      if (children !== undefined) rest?.skip();
      read();
      if (children !== undefined) return children;
      if (rest !== undefined && known.size < mostBodies) known.set(rest.text, frame.children);
      return frame.children;
    },
  };
}
