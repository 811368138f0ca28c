import type { Node } from '../parser/node.ts';
import { remark } from './remark.ts';
import type { LintSubject } from './subject.ts';

/** keepalived reports a keyword of ours as unknown; behind `@holdfast` it passes over the line. */
export function extensionWithoutMark({ context }: LintSubject): void {
  const visit = (nodes: readonly Node[]): void => {
    for (const { row, statement, children } of nodes) {
      visit(children);
      if (row.source !== 'Holdfast' || /^\s*@/.test(statement.origin.raw)) continue;
      const name = statement.words[0].text;
      remark(context, statement, {
        code: 'extension-without-mark',
        severity: 'warning',
        message: `keepalived does not know ${name}: it cannot share this file`,
        remedy: `write @holdfast ${name}, which keepalived skips`,
      });
    }
  };
  visit(context.tree.nodes);
}
