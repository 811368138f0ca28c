import { nodesOf } from '../build/read.ts';
import { httpUrlRows, sslUrlRows } from '../keywords/http-checkers.ts';
import { rootRows } from '../keywords/root.ts';
import type { Node } from '../parser/node.ts';
import { endlessRepetition } from './pattern/endless-repetition.ts';
import { remark } from './remark.ts';
import type { LintSubject } from './subject.ts';

/** A page that nearly matches keeps such a pattern busy for longer than anybody waits. */
export function endlessPattern({ context }: LintSubject): void {
  const visit = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      visit(node.children);
      const row = [httpUrlRows.regex, sslUrlRows.regex].find((one) => one === node.row);
      const value = row?.argument.read(node.statement).value;
      const found = value === undefined ? undefined : endlessRepetition(value);
      if (found === undefined) continue;
      remark(context, node.statement, {
        code: 'endless-pattern',
        severity: 'warning',
        word: 1,
        message: `${found} can match the same text in many ways: on a long page the search may not come to an end`,
        remedy:
          'repeat once only, as in (?:ab)+ or [ab]+, or write the inner repetition possessive, as in a++',
      });
    }
  };
  visit(nodesOf({ children: context.tree.nodes }, rootRows.virtual_server));
}
