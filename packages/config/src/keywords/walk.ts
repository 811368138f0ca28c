import { lexicalRows } from './lexical.ts';
import { rootRows } from './root.ts';
import type { Row, Rows } from './row.ts';

/** A row of the table at its place: `vrrp_instance.authentication.auth_type`. */
export interface PlacedRow {
  readonly path: string;
  readonly name: string;
  readonly row: Row;
  /** The rows that it stands among. */
  readonly siblings: Rows;
}

/** Every keyword, every option and every entry with options, in the order of the table; the language itself comes last. */
export const wholeTable = (): readonly PlacedRow[] => [
  ...placed(rootRows, ''),
  ...Object.entries(lexicalRows).map(([name, row]) => ({
    path: `(lexical).${name}`,
    name,
    row,
    siblings: lexicalRows,
  })),
];

function placed(rows: Rows, prefix: string): readonly PlacedRow[] {
  return Object.entries(rows).flatMap(([name, row]) => {
    const path = `${prefix}${name}`;
    return [
      { path, name, row, siblings: rows },
      ...inBlock(row, path),
      ...placed(row.words ?? {}, `${path}.`),
    ];
  });
}

function inBlock({ block }: Row, path: string): readonly PlacedRow[] {
  if (block === undefined) return [];
  if (block.kind === 'keywords') return placed(block.rows, `${path}.`);
  return placed(block.words ?? {}, block.label === undefined ? `${path}.` : `${path}.${block.label}.`);
}
