import { rootRows } from '../keywords/root.ts';
import type { Row, Rows } from '../keywords/row.ts';

/** The keyword that decides a property alone, by the table; undefined where several do, or none. */
export function keywordNames(block: keyof typeof rootRows): (property: string) => string | undefined {
  const names = new Map<string, string | undefined>();
  const row: Row = rootRows[block];
  const rows: Rows = row.block?.kind === 'keywords' ? row.block.rows : {};
  for (const [name, { property, aliasOf }] of Object.entries(rows)) {
    if (property === undefined || aliasOf !== undefined) continue;
    names.set(property, names.has(property) ? undefined : name);
  }
  return (property) => names.get(property);
}
