import type { Report } from '../diagnostics/report.ts';
import type { Statement, Token } from '../language/statement.ts';
import type { Bodies } from './bodies.ts';
import type { Frame } from './frame.ts';
import type { Node } from './node.ts';
import type { TokenStream } from './token-stream.ts';

export type CloseToken = Extract<Token, { kind: 'close' }>;

export type OpenToken = Extract<Token, { kind: 'open' }>;

/** The state of reading one configuration. */
export interface Run {
  readonly tokens: TokenStream;
  readonly bodies: Bodies | undefined;
  readonly report: (report: Report) => void;
  readonly lostNames: Set<string>;
  readonly skipped: Pick<Node, 'row' | 'statement'>[];
  /** Opening braces that belong to nothing: as many closing ones are too many, and told already. */
  surplusOpen: number;
  /** How many closing braces the file lacks; only then is a forgotten one looked for. */
  missingCloses: number;
  /** How many closing braces the file has too many; only then is one that comes too early looked for. */
  surplusCloses: number;
  /** The statement that has shown a forgotten brace: blocks around it end with the same mistake. */
  closedBy: Statement | undefined;
  /** The first block whose closing brace, by its indentation, was meant for one around it. */
  suspect: Frame | undefined;
  /** Blocks that were still open at the end of the file, the innermost first. */
  readonly unclosed: Frame[];
  /** Misspelt keywords so far, or more; after many of them nobody reads suggestions any more. */
  unknown: number;
}
