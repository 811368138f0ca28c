import { isPlaceholder, placeholder } from '../arguments/reading.ts';
import type { Subject } from '../diagnostics/diagnostic.ts';
import type { Report } from '../diagnostics/report.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { rootRows } from '../keywords/root.ts';
import { type Argument, keywords, type Problem, type Row } from '../keywords/row.ts';
import { indentation } from '../language/column.ts';
import type { Line } from '../language/line.ts';
import { argumentsOf, placeOf, type Statement, type Token, tokensOf } from '../language/statement.ts';
import { unterminatedQuote } from '../language/unterminated-quote.ts';
import { ancestorWith, type Frame, openFrame, rowIn, rowsOf, titleOf } from './frame.ts';
import type { Node, Tree } from './node.ts';
import { placesOf } from './vocabulary.ts';

type CloseToken = Extract<Token, { kind: 'close' }>;

interface Run {
  readonly tokens: readonly Token[];
  at: number;
  readonly report: (report: Report) => void;
  readonly lostNames: Set<string>;
  readonly skipped: Pick<Node, 'row' | 'statement'>[];
  /** Opening braces that belong to nothing: as many closing ones are too many, and told already. */
  surplusOpen: number;
  /** How many closing braces the file lacks; only then is a forgotten one looked for. */
  missingCloses: number;
  /** How many closing braces the file has too many; only then is one that comes too early looked for. */
  readonly surplusCloses: number;
  /** The statement that has shown a forgotten brace: blocks around it end with the same mistake. */
  closedBy: Statement | undefined;
  /** The first block whose closing brace, by its indentation, was meant for one around it. */
  suspect: Frame | undefined;
  /** Blocks that were still open at the end of the file, the innermost first. */
  readonly unclosed: Frame[];
  /** Misspelt keywords so far; after many of them nobody reads suggestions any more. */
  unknown: number;
}

/** Suggestions cost time; a file of garbage gets them for its first lines only. */
const mostSuggestions = 500;

/**
 * Reads lines against the keyword table. Every mistake is reported once; after an unknown block reading goes on behind
 * its closing brace, and a forgotten or superfluous brace is made good where indentation or keywords show the place.
 */
export function parseTree(lines: readonly Line[], report: (report: Report) => void): Tree {
  const tokens = lines.flatMap(tokensOf);
  const missing = tokens.reduce(
    (sum, { kind }) => sum + (kind === 'open' ? 1 : kind === 'close' ? -1 : 0),
    0,
  );
  const run: Run = {
    tokens,
    at: 0,
    report,
    lostNames: new Set(),
    skipped: [],
    surplusOpen: 0,
    missingCloses: Math.max(0, missing),
    surplusCloses: Math.max(0, -missing),
    closedBy: undefined,
    suspect: undefined,
    unclosed: [],
    unknown: 0,
  };
  const root = openFrame({
    parent: undefined,
    header: undefined,
    row: undefined,
    block: keywords(rootRows),
    subject: undefined,
  });
  while (run.at < run.tokens.length) readBlock(run, root);
  if (run.unclosed.length > 0) reportUnclosed(run);
  return { nodes: root.children, lostNames: run.lostNames, skipped: run.skipped };
}

/** Reads up to the brace that closes the frame, to the end of the file, or to what cannot belong to it any more. */
function readBlock(run: Run, frame: Frame): void {
  for (;;) {
    const token = run.tokens[run.at];
    if (token === undefined) {
      if (frame.parent !== undefined) run.unclosed.push(frame);
      return;
    }
    if (token.kind === 'statement' && belongsOutside(run, frame, token.statement)) return;
    run.at++;
    if (token.kind === 'close') {
      if (closes(run, frame, token)) return;
    } else if (token.kind === 'open') {
      strayOpen(run, token);
    } else if (frame.block.kind === 'keywords') {
      readKeyword(run, frame, token.statement);
    } else {
      readEntry(run, frame, frame.block.entry, token.statement);
    }
  }
}

function closes(run: Run, frame: Frame, token: CloseToken): boolean {
  if (awaitedStray(frame, token)) {
    frame.strayClose = false;
    return false;
  }
  if (frame.parent === undefined) {
    if (run.surplusOpen > 0) run.surplusOpen--;
    else reportSurplusClose(run, frame, token);
    return false;
  }
  noteIndentation(run, frame, token);
  return true;
}

/** After a brace that came too early, the one that closes the same block a second time is no further mistake. */
function awaitedStray(frame: Frame, token: CloseToken): boolean {
  if (!frame.strayClose || frame.lastClosed === undefined) return false;
  if (frame.parent === undefined) return true;
  const meant = frame.lastClosed.indent;
  return token.leads && indentation(token.origin.raw) === meant && meant > frame.indent;
}

function reportSurplusClose(run: Run, frame: Frame, { origin, column }: CloseToken): void {
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

function noteIndentation(run: Run, frame: Frame, token: CloseToken): void {
  if (run.suspect !== undefined || !token.leads) return;
  const indent = indentation(token.origin.raw);
  if (indent >= frame.indent) return;
  for (let outer = frame.parent; outer?.header !== undefined; outer = outer.parent) {
    if (outer.indent === indent) run.suspect = frame;
  }
}

function strayOpen(run: Run, { origin, column }: Extract<Token, { kind: 'open' }>): void {
  run.surplusOpen++;
  run.report({
    code: 'unexpected-brace',
    message: 'this opening brace belongs to no keyword',
    origin,
    column,
    used: 'it is ignored',
    remedy: 'remove it and its closing brace',
  });
}

/**
 * Whether the statement shows that the brace of this block was forgotten: it is legal only further out, and either
 * stands no deeper than the block's own keyword or begins a block of the outermost level.
 */
function belongsOutside(run: Run, frame: Frame, statement: Statement): boolean {
  if (frame.parent === undefined || (run.missingCloses === 0 && run.closedBy !== statement)) return false;
  const name = statement.words[0].text;
  if (rowIn(rowsOf(frame.block), name) !== undefined) return false;
  const outer = ancestorWith(frame, name);
  if (outer === undefined) return false;
  const opensBlock = run.tokens[run.at + 1]?.kind === 'open';
  const notDeeper =
    indentation(statement.origin.raw) <= frame.indent && frame.header?.origin !== statement.origin;
  const beginsRootBlock = outer.parent === undefined && opensBlock;
  const looksLikeEntry = frame.block.kind === 'entries' && !opensBlock && !notDeeper;
  if (looksLikeEntry || !(notDeeper || beginsRootBlock)) return false;
  run.missingCloses--;
  if (run.closedBy !== statement) reportForgottenClose(run, frame, statement);
  run.closedBy = statement;
  return true;
}

function reportForgottenClose(run: Run, frame: Frame, statement: Statement): void {
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

function readKeyword(run: Run, frame: Frame, statement: Statement): void {
  const name = statement.words[0].text;
  const rows = rowsOf(frame.block);
  const written = rowIn(rows, name);
  if (written === undefined) {
    unknownKeyword(run, frame, statement);
    return;
  }
  frame.strayClose = false;
  if (written.deprecated !== undefined) reportDeprecated(run, frame, statement, written.deprecated);
  const row = (written.aliasOf === undefined ? undefined : rowIn(rows, written.aliasOf)) ?? written;
  const subject = subjectOf(frame, statement, row);
  const usable = readArguments(run, statement, row, row.argument, subject);
  const pending = { row, statement, subject, usable };
  if (isRepeated(run, frame, statement, row)) skipBlock(run, 'silently');
  else if (row.block === undefined) plainKeyword(run, frame, pending);
  else openBlock(run, frame, pending);
}

interface Pending {
  readonly row: Row;
  readonly statement: Statement;
  readonly subject: Subject | undefined;
  /** Its arguments could be read. */
  readonly usable: boolean;
}

function plainKeyword(run: Run, frame: Frame, { row, statement, subject, usable }: Pending): void {
  const next = run.tokens[run.at];
  if (next?.kind === 'open') {
    run.report({
      code: 'unexpected-brace',
      message: `${statement.words[0].text} has no block`,
      origin: next.origin,
      column: next.column,
      used: 'the block is skipped',
      remedy: 'remove the braces and what stands between them',
      subject,
    });
    skipBlock(run, 'silently');
  }
  if (usable) frame.children.push(toNode(row, statement, subject));
}

function openBlock(run: Run, frame: Frame, { row, statement, subject, usable }: Pending): void {
  const inner = openFrame({
    parent: frame,
    header: statement,
    row,
    block: row.block ?? keywords({}),
    subject,
  });
  if (!usable) {
    run.lostNames.add(statement.words[1]?.text ?? '');
    if (isEmptyBlock(run)) run.skipped.push({ row, statement });
    skipBlock(run, 'with-placeholders');
    return;
  }
  if (run.tokens[run.at]?.kind === 'open') run.at++;
  else reportMissingOpen(run, statement, subject);
  readBlock(run, inner);
  frame.lastClosed = inner;
  const { children, entries, misspelt } = inner;
  frame.children.push({ row, statement, subject, children, entries, misspelt });
}

const isEmptyBlock = ({ tokens, at }: Run): boolean =>
  tokens[at]?.kind === 'open' && tokens[at + 1]?.kind === 'close';

const toNode = (row: Row, statement: Statement, subject: Subject | undefined): Node => ({
  row,
  statement,
  subject,
  children: [],
  entries: [],
  misspelt: new Set(),
});

function reportMissingOpen(run: Run, statement: Statement, subject: Subject | undefined): void {
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

function readEntry(run: Run, frame: Frame, entry: Argument<unknown>, statement: Statement): void {
  const subject = subjectOf(frame, statement, frame.row);
  if (frame.row !== undefined && readArguments(run, statement, frame.row, entry, subject))
    frame.entries.push(statement);
  const next = run.tokens[run.at];
  if (next?.kind !== 'open') return;
  run.report({
    code: 'unexpected-brace',
    message: `an entry of ${titleOf(frame)} has no block`,
    origin: next.origin,
    column: next.column,
    used: 'the block is skipped',
    remedy: 'remove the braces and what stands between them',
    subject,
  });
  skipBlock(run, 'silently');
}

/** Root objects are their own subject; what stands in them is about them. */
function subjectOf(frame: Frame, statement: Statement, row: Row | undefined): Subject | undefined {
  if (frame.parent !== undefined) {
    return frame.subject === undefined ? undefined : { ...frame.subject, property: row?.property };
  }
  const [kind, ...rest] = statement.words;
  return { kind: kind.text, name: rest.map((word) => word.text).join(' '), property: row?.property };
}

/** Reads the arguments and reports what is wrong with them. @returns whether there is a value to use */
function readArguments(
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
    const reload = problem.fatal === true ? 'refuse' : row.inEffect ? 'refuse-if-lost' : 'apply';
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

function reportProblem(
  run: Run,
  statement: Statement,
  problem: Problem,
  rest: Pick<Report, 'reload' | 'subject'>,
): void {
  const { word, ...about } = problem;
  run.report({ ...about, ...rest, origin: statement.origin, ...placeOf(statement, word) });
}

function reportDeprecated(run: Run, frame: Frame, statement: Statement, instead: string): void {
  run.report({
    code: 'deprecated',
    severity: 'warning',
    message: `${statement.words[0].text} is deprecated`,
    origin: statement.origin,
    ...placeOf(statement, 0),
    remedy: instead,
    keepalived: 'reported',
    subject: frame.subject,
  });
}

/** The first use counts, or the object exists already: the second one is skipped. */
function isRepeated(run: Run, frame: Frame, statement: Statement, row: Row): boolean {
  const isNamedObject =
    frame.parent === undefined && row.block !== undefined && row.argument.syntax === 'NAME';
  if (!isNamedObject && row.repeat !== 'first-wins') return false;
  const key = isNamedObject
    ? `${statement.words[0].text} ${statement.words[1]?.text ?? ''}`
    : statement.words[0].text;
  const first = frame.seen.get(key);
  if (first === undefined) {
    frame.seen.set(key, statement);
    return false;
  }
  const what = isNamedObject ? key : `${key} in ${titleOf(frame)}`;
  run.report({
    code: 'given-twice',
    message: `${what} was given before, in line ${first.origin.line}`,
    origin: statement.origin,
    ...placeOf(statement, 0),
    used: `the one in line ${first.origin.line}`,
    remedy: isNamedObject ? 'give it another name, or remove one of them' : 'remove one of them',
    subject: frame.subject,
  });
  return true;
}

function unknownKeyword(run: Run, frame: Frame, statement: Statement): void {
  const name = statement.words[0].text;
  const last = frame.lastClosed;
  const fitsLast = last !== undefined && rowIn(rowsOf(last.block), name) !== undefined;
  if (fitsLast && run.surplusCloses > 0 && (frame.strayClose || isTooDeep(frame, last, statement))) {
    if (!frame.strayClose) reportEarlyClose(run, last, statement);
    frame.strayClose = true;
    skipBlock(run, 'silently');
    return;
  }
  const meant = run.unknown++ < mostSuggestions ? suggest(name, Object.keys(rowsOf(frame.block))) : undefined;
  if (meant !== undefined) frame.misspelt.add(meant);
  const opensBlock = run.tokens[run.at]?.kind === 'open';
  const [first] = argumentsOf(statement);
  if (opensBlock && first !== undefined) run.lostNames.add(first.text);
  run.report({
    code: isPlaceholder(name) ? 'placeholder' : 'unknown-keyword',
    message: unknownMessage(frame, name),
    origin: statement.origin,
    ...placeOf(statement, 0),
    used: opensBlock ? 'the block is skipped' : 'the line is ignored',
    remedy: unknownRemedy(frame, name, meant),
    // A line more or less is reported, and the rest applied; a block may hold what is running.
    reload: opensBlock ? 'refuse-if-lost' : 'apply',
    subject: lostSubject(frame, statement, meant),
  });
  skipBlock(run, 'with-placeholders');
}

/** Which object an unknown keyword may cost: at the outermost level the one it would have defined. */
function lostSubject(frame: Frame, statement: Statement, meant: string | undefined): Subject | undefined {
  if (frame.parent === undefined) {
    const name = argumentsOf(statement)
      .map((word) => word.text)
      .join(' ');
    return { kind: meant ?? statement.words[0].text, name, property: undefined };
  }
  const row = meant === undefined ? undefined : rowIn(rowsOf(frame.block), meant);
  return frame.subject === undefined ? undefined : { ...frame.subject, property: row?.property };
}

function unknownMessage(frame: Frame, name: string): string {
  if (isPlaceholder(name)) return placeholder(name, 0).message;
  const where = frame.header === undefined ? '' : ` in ${frame.header.words[0].text}`;
  return `unknown keyword ${name}${where}`;
}

function unknownRemedy(frame: Frame, name: string, meant: string | undefined): string | undefined {
  const places = placesOf.get(name)?.filter((place) => place !== frame.header?.words[0].text) ?? [];
  if (places.length > 0) return `${name} is legal in ${places.slice(0, 4).join(', ')}, not here`;
  return meant === undefined ? 'remove the line, or check the spelling' : `did you mean ${meant}?`;
}

const isTooDeep = (frame: Frame, last: Frame, statement: Statement): boolean =>
  frame.parent === undefined || indentation(statement.origin.raw) > last.indent;

function reportEarlyClose(run: Run, last: Frame, statement: Statement): void {
  run.report({
    code: 'early-closing-brace',
    message: `${statement.words[0].text} belongs to ${titleOf(last)}, which a closing brace before it has ended`,
    origin: statement.origin,
    ...placeOf(statement, 0),
    used: 'what follows in the block is ignored',
    remedy: `remove the superfluous } between line ${last.header?.origin.line ?? 0} and here`,
    reload: 'refuse',
    subject: last.subject,
  });
}

/** Goes on behind the block that begins here, if one does, counting braces only. */
function skipBlock(run: Run, mode: 'silently' | 'with-placeholders'): void {
  const open = run.tokens[run.at];
  if (open?.kind !== 'open') return;
  let depth = 0;
  do {
    const token = run.tokens[run.at];
    if (token === undefined) {
      reportUnclosedSkip(run, open);
      return;
    }
    run.at++;
    if (token.kind === 'open') depth++;
    else if (token.kind === 'close') depth--;
    else if (mode === 'with-placeholders') reportPlaceholders(run, token.statement);
  } while (depth > 0);
}

function reportUnclosedSkip(run: Run, { origin, column }: Extract<Token, { kind: 'open' }>): void {
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

/** Names of a template stand out in any block: they are told with the rest, so that nobody needs a second round. */
function reportPlaceholders(run: Run, statement: Statement): void {
  const index = statement.words.findIndex((word) => isPlaceholder(word.text));
  const word = statement.words[index];
  if (word === undefined) return;
  reportProblem(run, statement, placeholder(word.text, index), { reload: 'apply', subject: undefined });
}

/** One diagnostic for all braces that are missing at the end, at the block that looks guilty. */
function reportUnclosed(run: Run): void {
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
