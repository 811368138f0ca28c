import type { Argument, Row } from '../keywords/row.ts';
import type { Statement } from '../language/statement.ts';
import type { Node } from '../parser/node.ts';

/** A block of keywords: a node, or several of the same kind that count as one. */
export type BlockContent = Pick<Node, 'children'>;

export const nodesOf = ({ children }: BlockContent, row: Row): readonly Node[] =>
  children.filter((child) => child.row === row);

/** The node whose value counts: the first or the last one, as the row says. */
export function nodeOf({ children }: BlockContent, row: Row): Node | undefined {
  const found = (child: Node): boolean => child.row === row;
  return row.repeat === 'first-wins' ? children.find(found) : children.findLast(found);
}

/** The value of a keyword; `undefined` when it is absent or could not be read (that has been reported). */
export function readValue<T>(block: BlockContent, row: Row<T>): T | undefined {
  const node = nodeOf(block, row);
  return node === undefined ? undefined : row.argument.read(node.statement).value;
}

export const isGiven = (block: BlockContent, row: Row): boolean => nodeOf(block, row) !== undefined;

export interface Entry<T> {
  readonly value: T;
  readonly statement: Statement;
}

/** The entries of all lists of that keyword, in order. @param entry how one is read */
export function entriesOf<T>(block: BlockContent, row: Row, entry: Argument<T>): readonly Entry<T>[] {
  return nodesOf(block, row).flatMap((node) =>
    node.entries.flatMap((statement) => {
      const { value } = entry.read(statement);
      return value === undefined ? [] : [{ value, statement }];
    }),
  );
}

/** Of two flags that cancel each other (`preempt`, `nopreempt`): whether the first one was given last. */
export function givenLast({ children }: BlockContent, row: Row, opposite: Row): boolean {
  const last = children.findLast((child) => child.row === row || child.row === opposite);
  return last?.row === row;
}
