import { parameterUsed } from '../language/parameter-use.ts';
import type { Statement } from '../language/statement.ts';
import type { Node } from '../parser/node.ts';
import { remark, toldAt } from './remark.ts';
import type { LintSubject } from './subject.ts';

/** A parameter that nobody has defined, in a place where any word will do; elsewhere the error about the word names it. */
export function undefinedParameter({ context }: LintSubject): void {
  const look = (statement: Statement): void => {
    for (const [word, { text, quoted }] of statement.words.entries()) {
      const name = quoted ? undefined : parameterUsed(text);
      if (name === undefined || toldAt(context, statement, word)) continue;
      remark(context, statement, {
        code: 'undefined-parameter',
        severity: 'warning',
        word,
        message: `"${text}" is taken as it stands`,
      });
    }
  };
  const visit = (nodes: readonly Node[]): void => {
    for (const { row, statement, children, entries } of nodes) {
      // What a program's arguments mean is the program's affair.
      if (/COMMAND|SCRIPT/.test(row.argument.syntax)) continue;
      look(statement);
      for (const entry of entries) look(entry);
      visit(children);
    }
  };
  visit(context.tree.nodes);
}
