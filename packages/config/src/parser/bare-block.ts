import { indentation } from '../language/column.ts';
import type { Statement } from '../language/statement.ts';
import { ancestorWith, type Frame, rowIn, rowsOf } from './frame.ts';
import type { Run } from './run.ts';

/** Whether a statement stands no longer in a block that has no braces: it is legal further out, or stands no deeper. */
export function endsBareBlock(run: Run, frame: Frame, statement: Statement): boolean {
  const name = statement.words[0].text;
  const isOwn = rowIn(rowsOf(frame.block), name) !== undefined;
  const isLegalOutside = ancestorWith(frame, name) !== undefined;
  const isDeeper = indentation(statement.origin.raw) > frame.indent;
  if (frame.block.kind === 'keywords') return !isOwn || (isLegalOutside && !isDeeper);
  const opensBlock = run.tokens.peek(1)?.kind === 'open';
  return isLegalOutside ? opensBlock || !isDeeper : !isDeeper && frame.entries.length > 0;
}
