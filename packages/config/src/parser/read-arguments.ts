import type { Subject } from '../diagnostics/diagnostic.ts';
import type { Report } from '../diagnostics/report.ts';
import type { Argument, Problem, Row } from '../keywords/row.ts';
import { explainedByParameter } from '../language/parameter-use.ts';
import { placeOf, type Statement } from '../language/statement.ts';
import { unterminatedQuote } from '../language/unterminated-quote.ts';
import { wideBlank, wideCharacter } from '../language/wide-characters.ts';
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
  if (problems.length === 0 && !statement.openQuote) {
    wideBlanks(run, statement, subject);
    return value !== undefined;
  }
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
      withWideCharacter(statement, { ...problem, ...(used === undefined ? {} : { used }) }),
      { reload, subject },
    );
  }
  if (problems.length === 0) wideBlanks(run, statement, subject);
  return value !== undefined;
}

const beyondAscii = /[^\t-~]/;

/** What made a word unusable may be a character that nobody sees: it is named. */
function withWideCharacter(statement: Statement, problem: Problem): Problem {
  const word = statement.words[problem.word];
  const wide = word === undefined ? undefined : wideCharacter(word.text);
  if (wide === undefined) return problem;
  const remedy = 'replace it with the ordinary character, or remove it';
  return {
    ...problem,
    message: `${problem.message}: it contains ${wide.name}`,
    remedy,
  };
}

/** A blank of another kind in a word that is taken as it stands. */
function wideBlanks(run: Run, statement: Statement, subject: Subject | undefined): void {
  if (!beyondAscii.test(statement.text)) return;
  for (const [index, word] of statement.words.entries()) {
    const wide = word.quoted ? undefined : wideBlank(word.text);
    if (wide === undefined) continue;
    run.report({
      code: 'wide-blank',
      severity: 'warning',
      message: `${wide.name} is part of "${word.text}": only ordinary blanks separate words`,
      origin: statement.origin,
      ...placeOf(statement, index),
      used: 'the word with it',
      remedy: 'replace it with an ordinary blank, or remove it',
      subject,
    });
  }
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
  const explained = explainedByParameter(statement.words[word]?.text, about);
  run.report({ ...explained, ...rest, origin: statement.origin, ...placeOf(statement, word) });
}
