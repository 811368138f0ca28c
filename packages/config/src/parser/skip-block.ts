import { isPlaceholder, placeholder } from '../arguments/reading.ts';
import type { Statement } from '../language/statement.ts';
import { reportUnclosedSkip } from './brace-reports.ts';
import { reportProblem } from './read-arguments.ts';
import type { Run } from './run.ts';

/** Goes on behind the block that begins here, if one does, counting braces only. */
export function skipBlock(run: Run, mode: 'silently' | 'with-placeholders'): void {
  const open = run.tokens.peek();
  if (open?.kind !== 'open') return;
  let depth = 0;
  do {
    const token = run.tokens.peek();
    if (token === undefined) {
      reportUnclosedSkip(run, open);
      return;
    }
    run.tokens.skip();
    if (token.kind === 'open') depth++;
    else if (token.kind === 'close') depth--;
    else if (mode === 'with-placeholders' && token.kind === 'statement')
      reportPlaceholders(run, token.statement);
  } while (depth > 0);
}

export const isEmptyBlock = ({ tokens }: Run): boolean =>
  tokens.peek()?.kind === 'open' && tokens.peek(1)?.kind === 'close';

/** Names of a template stand out in any block: they are told with the rest, so that nobody needs a second round. */
function reportPlaceholders(run: Run, statement: Statement): void {
  const index = statement.words.findIndex((word) => isPlaceholder(word.text));
  const word = statement.words[index];
  if (word === undefined) return;
  reportProblem(run, statement, placeholder(word.text, index), { reload: 'apply', subject: undefined });
}
