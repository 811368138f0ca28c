import type { KeepalivedVerdict, Severity } from '../diagnostics/diagnostic.ts';
import type { Statement } from '../language/statement.ts';
import type { Word } from '../language/words.ts';

/** What an argument reader found wrong with a statement; the parser adds place and object. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  /** Index of the word it is about; 0 is the keyword. */
  readonly word: number;
  /** What is used instead, when it is not simply the default. */
  readonly used?: string;
  readonly remedy?: string;
  readonly severity?: Severity;
  readonly keepalived?: KeepalivedVerdict;
  readonly fatal?: boolean;
}

export interface Reading<T> {
  /** `undefined`: the statement is ignored. */
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

/** The arguments of a keyword: how they are written, what is allowed, and how they are read. */
export interface Argument<T> {
  /** As in the manual: `SECONDS`, `NAME`, `PASS|AH`. */
  readonly syntax: string;
  /** The allowed values, for people. */
  readonly range?: string;
  /** What happens to values outside of it, for people. */
  readonly outside?: string;
  /** The least and the greatest value, in the unit of `T`, where it is a number. */
  readonly bounds?: readonly [least: number, greatest: number];
  /** In a line of several options: how many of the words behind it are its own; none for a flag, else one. */
  readonly takes?: (following: readonly Word[]) => number;
  readonly read: (statement: Statement) => Reading<T>;
}

/** What may stand between the braces of a keyword: other keywords, or one entry a line. */
export type Block =
  | { readonly kind: 'keywords'; readonly rows: Rows }
  | {
      readonly kind: 'entries';
      readonly entry: Argument<unknown>;
      /** Options that an entry may have, word by word. */
      readonly words: Rows | undefined;
      /** What an entry is called where its options are listed: `<address>`. */
      readonly label: string | undefined;
    };

export type Rows = Readonly<Record<string, Row>>;

/** The process that acts on a keyword. */
export type Owner = 'core' | 'vrrp' | 'checker' | 'bfd';

/** One keyword: everything that is to know about it. Parser, defaults, messages and documentation are derived from it. */
export interface Row<T = unknown> {
  readonly argument: Argument<T>;
  readonly block: Block | undefined;
  /** Options that may stand behind it on its own line. */
  readonly words: Rows | undefined;
  /** For people: the value in force when the keyword is absent. */
  readonly default: string | undefined;
  readonly repeat: 'last-wins' | 'first-wins' | 'accumulates';
  /** A second use is a mistake although the last one counts. */
  readonly once: boolean;
  /** To say the same again is no mistake. */
  readonly mayRepeat: boolean;
  readonly owner: Owner;
  /** The keyword that this one is another spelling of. */
  readonly aliasOf: string | undefined;
  /** Not to be used any more: what to do instead. keepalived complains about every use of it, unless it is tolerated. */
  readonly deprecated: string | undefined;
  /** The deprecated spelling is taken without a word by keepalived: it does not count for the exit code. */
  readonly tolerated: boolean;
  readonly doc: string;
  /** keepalived.conf(5), an RFC, or Holdfast. */
  readonly source: string;
  /** False: accepted and checked, but it does nothing yet. */
  readonly inEffect: boolean;
  /** The property of the typed object that it decides; a reload compares it. */
  readonly property: string | undefined;
}

type Options = Partial<Omit<Row, 'argument' | 'doc'>>;

/** A row with the usual values filled in. */
export function keyword<T>(argument: Argument<T>, doc: string, options: Options = {}): Row<T> {
  return {
    argument,
    doc,
    block: options.block,
    words: options.words,
    default: options.default,
    repeat: options.repeat ?? 'last-wins',
    once: options.once ?? false,
    mayRepeat: options.mayRepeat ?? false,
    owner: options.owner ?? 'vrrp',
    aliasOf: options.aliasOf,
    deprecated: options.deprecated,
    tolerated: options.tolerated ?? false,
    source: options.source ?? 'keepalived.conf(5)',
    inEffect: options.inEffect ?? true,
    property: options.property,
  };
}

/** A row for a keyword that is legal and read, but does nothing yet. */
export const later = <T>(argument: Argument<T>, doc: string, options: Options = {}): Row<T> =>
  keyword(argument, doc, { ...options, inEffect: false });

/** Between the braces stand keywords. */
export const keywords = (rows: Rows): Block => ({ kind: 'keywords', rows });

/** Between the braces stands one entry a line; its options, if it has any, are listed under `label`. */
export const entries = (entry: Argument<unknown>, words?: Rows, label?: string): Block => ({
  kind: 'entries',
  entry,
  words,
  label,
});
