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

/** At the block whose closing brace, by its indentation, was that of one around it; else at the block that goes on. */
export function reportForgottenClose(run: Run, frame: Frame, statement: Statement): void {
  const guilty = run.suspect !== undefined && isWithin(run.suspect, frame) ? run.suspect : frame;
  run.suspect = undefined;
  const { header } = guilty;
  if (header === undefined) return;
  const name = guilty === frame ? titleOf(guilty) : `${titleOf(guilty)} in ${titleOf(frame)}`;
  run.report({
    code: 'missing-closing-brace',
    message: `the block ${name} is not closed before ${statement.words[0].text} in line ${statement.origin.line}`,
    origin: header.origin,
    ...placeOf(header, 0),
    used: `${titleOf(frame)} is taken to end before line ${statement.origin.line}`,
    remedy: 'put a } behind the last line of the block',
    reload: 'refuse',
    subject: frame.subject,
  });
}

function isWithin(inner: Frame, frame: Frame): boolean {
  for (let outer: Frame | undefined = inner; outer !== undefined; outer = outer.parent)
    if (outer === frame) return true;
  return false;
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

/** @param isEntry whether the word behind the keyword is what was to stand between the braces */
export function reportBareBlock(
  run: Run,
  statement: Statement,
  isEntry: boolean,
  subject: Subject | undefined,
): void {
  const [keyword, ...others] = statement.words;
  const entry = others.map(({ text }) => text).join(' ');
  run.report({
    code: 'missing-opening-brace',
    message: `${keyword.text} has no braces`,
    origin: statement.origin,
    ...placeOf(statement, 0),
    used: isEntry ? `"${entry}" is taken as if it stood between them` : 'they are read as if they were there',
    remedy: isEntry
      ? `write: ${keyword.text} { ${entry} }`
      : 'put a { behind it, and a } behind what belongs to it',
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
