import type { Statement } from '../language/statement.ts';
import { wideBlank, wideCharacter } from '../language/wide-characters.ts';
import type { Node } from '../parser/node.ts';
import { remark, toldAt } from './remark.ts';
import type { LintSubject } from './subject.ts';

const beyondAscii = /[^\t-~]/;

/** A character of a word processor in a word that is taken as it stands: a curly quotation mark quotes nothing. */
export function wideCharacters({ context }: LintSubject): void {
  const look = (statement: Statement): void => {
    if (!beyondAscii.test(statement.text)) return;
    for (const [word, { text, quoted }] of statement.words.entries()) {
      // Blanks are told when the word is read, and between double quotes anything may stand.
      const wide = quoted || wideBlank(text) !== undefined ? undefined : wideCharacter(text);
      if (wide === undefined || toldAt(context, statement, word)) continue;
      remark(context, statement, {
        code: 'wide-character',
        severity: 'warning',
        word,
        message: `${wide.name} is part of "${text}"`,
        used: 'the word with it',
        remedy: 'replace it with the ordinary character, or put the word in double quotes if it is meant',
      });
    }
  };
  const visit = (nodes: readonly Node[]): void => {
    for (const { statement, children, entries } of nodes) {
      look(statement);
      for (const entry of entries) look(entry);
      visit(children);
    }
  };
  visit(context.tree.nodes);
}
