import type { Row } from '../keywords/row.ts';
import type { Statement } from '../language/statement.ts';
import type { Node } from '../parser/node.ts';
import { remark } from './remark.ts';
import type { LintSubject } from './subject.ts';

/** Of two lines with one keyword the last counts, and keepalived does not say so. */
export function givenAgain({ context }: LintSubject): void {
  const visit = (nodes: readonly Node[]): void => {
    const first = new Map<Row, Statement>();
    for (const { row, statement, children } of nodes) {
      visit(children);
      if (row.block !== undefined || row.once || row.repeat !== 'last-wins') continue;
      const before = first.get(row);
      first.set(row, statement);
      if (before === undefined || before.text.trim() === statement.text.trim()) continue;
      remark(context, statement, {
        code: 'given-again',
        severity: 'warning',
        message: `${before.words[0].text} stands in line ${before.origin.line} already, as "${before.text.trim()}"`,
        used: `"${statement.text.trim()}", the last one`,
        remedy: 'remove one of the two',
      });
    }
  };
  visit(context.tree.nodes);
}
