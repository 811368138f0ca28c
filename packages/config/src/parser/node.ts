import type { Subject } from '../diagnostics/diagnostic.ts';
import type { Row } from '../keywords/row.ts';
import type { Statement } from '../language/statement.ts';

/** A keyword of the file at a legal place, with what stands between its braces. */
export interface Node {
  /** The canonical row: an alias has been resolved. */
  readonly row: Row;
  readonly statement: Statement;
  readonly children: readonly Node[];
  /** The lines of a list. */
  readonly entries: readonly Statement[];
  readonly subject: Subject | undefined;
}

/** The whole file. */
export interface Tree {
  readonly nodes: readonly Node[];
  /** Names of objects whose definition was lost to an error: a reference to one needs no second diagnostic. */
  readonly lostNames: ReadonlySet<string>;
  /** Empty blocks whose own line could not be read: the statement, and what it would have been. */
  readonly skipped: readonly Pick<Node, 'row' | 'statement'>[];
}
