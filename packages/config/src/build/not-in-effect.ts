import { optionsUsed } from '../arguments/option-line.ts';
import type { NotInEffect } from '../diagnostics/diagnostic.ts';
import type { Owner, Row, Rows } from '../keywords/row.ts';
import type { Statement } from '../language/statement.ts';
import type { Node, Tree } from '../parser/node.ts';

/** The processes that the daemon runs: what is written for another one is read and checked, and does nothing yet. */
const runningOwners: ReadonlySet<Owner> = new Set<Owner>(['core', 'vrrp', 'checker']);

/** Keywords that are accepted and do nothing yet, each named once with its first place. @param running the processes there are */
export function notInEffect(
  tree: Pick<Tree, 'nodes'>,
  running: ReadonlySet<Owner> = runningOwners,
): readonly NotInEffect[] {
  const found = new Map<string, NotInEffect>();
  const addOnce = (one: NotInEffect): void => {
    const key = `${one.block} ${one.keyword}`;
    if (!found.has(key)) found.set(key, one);
  };
  const add = (keyword: string, block: string, { origin: { file, line } }: Statement): void =>
    addOnce({ keyword, block, file, line });
  const visit = (nodes: readonly Node[], block: string): void => {
    for (const { row, statement, children, entries, known } of nodes) {
      for (const one of known?.notInEffect ?? []) addOnce(one);
      const keyword = statement.words[0].text;
      if (!row.inEffect || !running.has(row.owner)) {
        add(keyword, block, statement);
        continue;
      }
      // Most lines have no block: there is nothing below them.
      if (row.block === undefined) continue;
      visit(children, keyword);
      const words = idleWords(row);
      if (words === undefined) continue;
      for (const entry of entries) {
        for (const name of optionsUsed(words, entry.words.slice(1))) {
          if (words[name]?.inEffect === false) add(name, keyword, entry);
        }
      }
    }
  };
  visit(tree.nodes, '');
  return [...found.values()];
}

/** Options of the entries of a list, where some of them do nothing yet. */
function idleWords({ block }: Row): Rows | undefined {
  const words = block?.kind === 'entries' ? block.words : undefined;
  return words !== undefined && Object.values(words).some(({ inEffect }) => !inEffect) ? words : undefined;
}
