import { rootRows } from '../keywords/root.ts';
import type { Rows } from '../keywords/row.ts';

/** What stands for the level around all blocks. */
export const outermost = 'outermost';

/** Every keyword of the table, and the blocks in which it is legal. */
export const placesOf: ReadonlyMap<string, readonly string[]> = collect();

function collect(): Map<string, string[]> {
  const places = new Map<string, string[]>();
  const visit = (rows: Rows, block: string): void => {
    for (const [name, row] of Object.entries(rows)) {
      const known = places.get(name) ?? [];
      if (!known.includes(block)) places.set(name, [...known, block]);
      if (row.block?.kind === 'keywords') visit(row.block.rows, name);
    }
  };
  visit(rootRows, outermost);
  return places;
}
