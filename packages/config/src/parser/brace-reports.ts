import type { Subject } from '../diagnostics/diagnostic.ts';
import { placeOf, type Statement } from '../language/statement.ts';
import { type Frame, titleOf } from './frame.ts';
import type { CloseToken, OpenToken, Run } from './run.ts';

export function reportSurplusClose(run: Run, frame: Frame, { origin, column }: CloseToken): void {
  const last = frame.lastClosed;
  run.report({
    code: 'surplus-brace',
    message: 'this closing brace closes nothing',
    origin,
    column,
    used: 'it is ignored',
    remedy: last === undefined ? 'remove it' : `remove it, or look for one too many since ${titleOf(last)}`,
  });
}

export function reportStrayOpen(run: Run, { origin, column }: OpenToken): void {
  run.report({
    code: 'unexpected-brace',
    message: 'this opening brace belongs to no keyword',
    origin,
    column,
    used: 'it is ignored',
    remedy: 'remove it and its closing brace',
  });
}

export function reportForgottenClose(run: Run, frame: Frame, statement: Statement): void {
  const { header } = frame;
  if (header === undefined) return;
  run.report({
    code: 'missing-closing-brace',
    message: `the block ${titleOf(frame)} is not closed before ${statement.words[0].text} in line ${statement.origin.line}`,
    origin: header.origin,
    ...placeOf(header, 0),
    used: `the block is taken to end before line ${statement.origin.line}`,
    remedy: 'put a } behind the last line of the block',
    reload: 'refuse',
    subject: frame.subject,
  });
}

export function reportMissingOpen(run: Run, statement: Statement, subject: Subject | undefined): void {
  run.report({
    code: 'missing-opening-brace',
    message: `${statement.words[0].text} needs an opening brace`,
    origin: statement.origin,
    ...placeOf(statement, 0),
    used: 'the block is read as if the brace were there',
    remedy: 'put a { at the end of the line',
    subject,
  });
}

export function reportEarlyClose(run: Run, last: Frame, statement: Statement): void {
  run.report({
    code: 'early-closing-brace',
    message: `${statement.words[0].text} belongs to ${titleOf(last)}, which a closing brace before it has ended`,
    origin: statement.origin,
    ...placeOf(statement, 0),
    used: 'what follows in the block is ignored',
    remedy: `remove the superfluous } between line ${last.header?.origin.line ?? 0} and here`,
    reload: 'refuse-if-lost',
    subject: last.subject,
  });
}

export function reportUnclosedSkip(run: Run, { origin, column }: OpenToken): void {
  run.report({
    code: 'missing-closing-brace',
    message: 'the block that begins here is not closed before the end of the file',
    origin,
    column,
    used: 'all that follows is skipped',
    remedy: 'put a } behind the last line of the block',
    reload: 'refuse',
  });
}

/** One diagnostic for all braces that are missing at the end, at the block that looks guilty. */
export function reportUnclosed(run: Run): void {
  const guilty = run.suspect ?? run.unclosed[0];
  const { header } = guilty ?? {};
  if (guilty === undefined || header === undefined) return;
  const count = run.unclosed.length;
  const certain = run.suspect === undefined ? '' : ', as indentation shows';
  run.report({
    code: 'missing-closing-brace',
    message: `the file ends with ${count} block(s) open; ${titleOf(guilty)} is not closed${certain}`,
    origin: header.origin,
    ...placeOf(header, 0),
    used: 'what was read so far',
    remedy: 'put a } behind the last line of the block',
    reload: 'refuse',
    subject: guilty.subject,
  });
}

/** A block behind something that has none. @param owner `priority`, `an entry of track_script chk` */
export function reportUnexpectedBlock(
  run: Run,
  { origin, column }: OpenToken,
  owner: string,
  subject: Subject | undefined,
): void {
  run.report({
    code: 'unexpected-brace',
    message: `${owner} has no block`,
    origin,
    column,
    used: 'the block is skipped',
    remedy: 'remove the braces and what stands between them',
    subject,
  });
}
