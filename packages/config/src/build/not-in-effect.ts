import type { NotInEffect } from '../diagnostics/diagnostic.ts';
import type { Owner } from '../keywords/row.ts';
import type { Node, Tree } from '../parser/node.ts';

/** The processes that the daemon runs: what is written for another one is read and checked, and does nothing yet. */
const runningOwners: ReadonlySet<Owner> = new Set<Owner>(['core', 'vrrp', 'checker']);

/** Keywords that are accepted and do nothing yet, each named once with its first place. @param running the processes there are */
export function notInEffect(
  tree: Pick<Tree, 'nodes'>,
  running: ReadonlySet<Owner> = runningOwners,
): readonly NotInEffect[] {
  const found = new Map<string, NotInEffect>();
  const visit = (nodes: readonly Node[], block: string): void => {
    for (const { row, statement, children } of nodes) {
      const keyword = statement.words[0].text;
      if (row.inEffect && running.has(row.owner)) visit(children, keyword);
      else if (!found.has(`${block} ${keyword}`)) {
        const { file, line } = statement.origin;
        found.set(`${block} ${keyword}`, { keyword, block, file, line });
      }
    }
  };
  visit(tree.nodes, '');
  return [...found.values()];
}
