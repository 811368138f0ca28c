import type { Owner, Row } from './row.ts';
import { type PlacedRow, wholeTable } from './walk.ts';

/** What is to know about a keyword at one place, as plain data: for programs, documentation and completion. */
export interface KeywordFacts {
  /** Its place: `vrrp_instance.authentication.auth_type`. */
  readonly path: string;
  readonly keyword: string;
  /** How its arguments are written; empty for a flag. */
  readonly arguments: string;
  readonly default: string | undefined;
  /** The allowed values. */
  readonly range: string | undefined;
  /** What happens to other values. */
  readonly outside: string | undefined;
  readonly repeat: Row['repeat'];
  readonly owner: Owner;
  /** What stands between its braces; undefined for a keyword without a block. */
  readonly block: 'keywords' | 'entries' | undefined;
  readonly aliasOf: string | undefined;
  readonly deprecated: string | undefined;
  /** False: accepted and checked, but it does nothing yet. */
  readonly inEffect: boolean;
  readonly meaning: string;
  readonly source: string;
}

/** Facts of every keyword, in the order of the table. */
export const keywordFacts = (): readonly KeywordFacts[] => wholeTable().map(factsOf);

const factsOf = ({ path, name, row }: PlacedRow): KeywordFacts => ({
  path,
  keyword: name,
  arguments: row.argument.syntax,
  default: row.default,
  range: row.argument.range,
  outside: row.argument.outside,
  repeat: row.repeat,
  owner: row.owner,
  block: row.block?.kind,
  aliasOf: row.aliasOf,
  deprecated: row.deprecated,
  inEffect: row.inEffect,
  meaning: row.doc,
  source: row.source,
});
