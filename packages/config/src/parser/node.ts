import type { NotInEffect, Subject } from '../diagnostics/diagnostic.ts';
import type { Row } from '../keywords/row.ts';
import type { LineRange } from '../language/lines.ts';
import type { Statement } from '../language/statement.ts';
import type { VirtualServer } from '../lvs-types.ts';

/** A keyword of the file at a legal place, with what stands between its braces. */
export interface Node {
  /** The canonical row: an alias has been resolved. */
  readonly row: Row;
  readonly statement: Statement;
  readonly children: readonly Node[];
  /** The lines of a list. */
  readonly entries: readonly Statement[];
  readonly subject: Subject | undefined;
  /** A virtual server that a reading before this one has built from the same text: its block is not read again. */
  readonly known?: KnownServer | undefined;
  /** The lines of a virtual server that is read by itself, as long as nothing of them stands in `children`. */
  readonly block?: LineRange | undefined;
}

export interface KnownServer {
  readonly server: VirtualServer;
  /** The real servers without any checker. */
  readonly unchecked: readonly Statement[];
  /** What is accepted in it and does nothing yet. */
  readonly notInEffect: readonly NotInEffect[];
}

/** The whole file. */
export interface Tree {
  readonly nodes: readonly Node[];
  /** Names of objects whose definition was lost to an error: a reference to one needs no second diagnostic. */
  readonly lostNames: ReadonlySet<string>;
  /** Empty blocks whose own line could not be read: the statement, and what it would have been. */
  readonly skipped: readonly Pick<Node, 'row' | 'statement'>[];
}
