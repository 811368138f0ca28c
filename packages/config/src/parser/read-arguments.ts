import type { Subject } from '../diagnostics/diagnostic.ts';
import type { Report } from '../diagnostics/report.ts';
import type { Argument, Problem, Row } from '../keywords/row.ts';
import { placeOf, type Statement } from '../language/statement.ts';
import { unterminatedQuote } from '../language/unterminated-quote.ts';
import type { Run } from './run.ts';

/** Reads the arguments and reports what is wrong with them. @returns whether there is a value to use */
export function readArguments(
  run: Run,
  statement: Statement,
  row: Row,
  argument: Argument<unknown>,
  subject: Subject | undefined,
): boolean {
  const { value, problems } = argument.read(statement);
  const missing = problems.find(({ code }) => code === 'missing-argument');
  if (statement.openQuote) reportOpenQuote(run, statement, subject, missing);
  for (const problem of problems) {
    // With the quote its argument was dropped: that has been told.
    if (statement.openQuote && problem === missing) continue;
    const used = problem.used ?? (value === undefined ? ignoredText(row, argument) : undefined);
    // Without its name nobody can tell which running object a block would have defined.
    const isNameless = row.block !== undefined && problem === missing;
    const reload =
      problem.fatal === true || isNameless ? 'refuse' : row.inEffect ? 'refuse-if-lost' : 'apply';
    reportProblem(
      run,
      statement,
      { ...problem, ...(used === undefined ? {} : { used }) },
      { reload, subject },
    );
  }
  return value !== undefined;
}

function reportOpenQuote(
  run: Run,
  statement: Statement,
  subject: Subject | undefined,
  missing: Problem | undefined,
): void {
  const consequence =
    missing?.fatal === true
      ? ({ used: 'nothing: an argument is missing', keepalived: 'missing-argument', fatal: true } as const)
      : {};
  run.report({ ...unterminatedQuote(statement.origin), subject, ...consequence });
}

function ignoredText(row: Row, argument: Argument<unknown>): string {
  if (argument !== row.argument) return 'the entry is left out';
  if (row.block !== undefined) return 'the block is skipped';
  return row.default === undefined ? 'the line is ignored' : `the line is ignored; default: ${row.default}`;
}

export function reportProblem(
  run: Run,
  statement: Statement,
  problem: Problem,
  rest: Pick<Report, 'reload' | 'subject'>,
): void {
  const { word, ...about } = problem;
  run.report({ ...about, ...rest, origin: statement.origin, ...placeOf(statement, word) });
}
