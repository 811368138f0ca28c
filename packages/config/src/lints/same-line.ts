import { rootRows } from '../keywords/root.ts';
import type { Row, Rows } from '../keywords/row.ts';
import type { Node } from '../parser/node.ts';
import { remark, toldAt } from './remark.ts';
import type { LintSubject } from './subject.ts';

/** A second keyword on a line is no keyword: it stands where keepalived looks for nothing, and is passed over. */
export function keywordOnSameLine({ context }: LintSubject): void {
  const visit = (nodes: readonly Node[], rows: Rows): void => {
    for (const { row, statement, children } of nodes) {
      const inside = row.block?.kind === 'keywords' ? row.block.rows : undefined;
      if (inside !== undefined) visit(children, inside);
      const last = lastArgument(row);
      if (last === undefined) continue;
      const [keyword, ...others] = statement.words;
      const at = others.findIndex(({ text, quoted }, i) => i >= last && !quoted && Object.hasOwn(rows, text));
      const lost = others[at]?.text;
      if (lost === undefined || toldAt(context, statement, at + 1)) continue;
      remark(context, statement, {
        code: 'keyword-on-same-line',
        severity: 'warning',
        word: at + 1,
        message: `${lost} stands on the line of ${keyword.text}, where nothing is read any more: it is ignored`,
        remedy: `put ${lost} on a line of its own`,
      });
    }
  };
  visit(context.tree.nodes, rootRows);
}

/** How many words behind a keyword are read; undefined: more than one may be. */
function lastArgument({ argument, block, words }: Row): number | undefined {
  if (block !== undefined || words !== undefined || /[\s.]/.test(argument.syntax)) return undefined;
  return argument.syntax === '' ? 0 : 1;
}
