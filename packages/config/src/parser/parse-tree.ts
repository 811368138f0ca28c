import type { Subject } from '../diagnostics/diagnostic.ts';
import type { Report } from '../diagnostics/report.ts';
import { rootRows } from '../keywords/root.ts';
import { type Argument, keywords, type Row } from '../keywords/row.ts';
import { indentation } from '../language/column.ts';
import { placeOf, type Statement, tokensOf } from '../language/statement.ts';
import { endsBareBlock } from './bare-block.ts';
import { type Bodies, share, sharedText } from './bodies.ts';
import {
  reportBareBlock,
  reportForgottenClose,
  reportMissingOpen,
  reportStrayOpen,
  reportSurplusClose,
  reportUnclosed,
  reportUnexpectedBlock,
} from './brace-reports.ts';
import { ancestorWith, type Frame, openFrame, rowIn, rowsOf, titleOf } from './frame.ts';
import type { Node, Tree } from './node.ts';
import { readArguments } from './read-arguments.ts';
import type { CloseToken, Run } from './run.ts';
import { isEmptyBlock, skipBlock } from './skip-block.ts';
import { type Items, type ServerToken, surplusOpens, tokenStream } from './token-stream.ts';
import { mostSuggestions, unknownKeyword } from './unknown-keyword.ts';

/**
 * Reads lines against the keyword table. Every mistake is reported once; after an unknown block reading goes on behind
 * its closing brace, and a forgotten or superfluous brace is made good where indentation or keywords show the place.
 * @param bodies blocks that were read before, where places do not matter: nobody will read what is reported
 * @param misspelt how many unknown keywords there were in what was read before
 */
export function parseTree(
  items: Items,
  report: (report: Report) => void,
  bodies?: Bodies,
  misspelt: number = 0,
): Tree {
  const missing = surplusOpens(items);
  const run: Run = {
    tokens: tokenStream(items),
    bodies,
    report,
    lostNames: new Set(),
    skipped: [],
    surplusOpen: 0,
    missingCloses: Math.max(0, missing),
    surplusCloses: Math.max(0, -missing),
    closedBy: undefined,
    suspect: undefined,
    unclosed: [],
    unknown: bodies === undefined ? misspelt : mostSuggestions,
  };
  const root = openFrame({
    parent: undefined,
    header: undefined,
    row: undefined,
    block: keywords(rootRows),
    subject: undefined,
  });
  while (run.tokens.peek() !== undefined) readBlock(run, root);
  if (run.unclosed.length > 0) reportUnclosed(run);
  return { nodes: root.children, lostNames: run.lostNames, skipped: run.skipped };
}

/** Reads up to the brace that closes the frame, to the end of the file, or to what cannot belong to it any more. */
function readBlock(run: Run, frame: Frame): void {
  for (;;) {
    const token = run.tokens.peek();
    if (token === undefined) {
      if (frame.parent !== undefined && !frame.isBare) run.unclosed.push(frame);
      return;
    }
    if (token.kind === 'statement' && belongsOutside(run, frame, token.statement)) return;
    if (token.kind === 'close' && frame.isBare) return;
    // Of blocks only those without braces may still be open where a virtual server begins: it ends them.
    if (token.kind === 'server' && frame.parent !== undefined) return;
    run.tokens.skip();
    if (token.kind === 'server') {
      takeServer(frame, token);
    } else if (token.kind === 'close') {
      if (closes(run, frame, token)) return;
    } else if (token.kind === 'open') {
      run.surplusOpen++;
      reportStrayOpen(run, token);
    } else if (frame.block.kind === 'keywords') {
      readKeyword(run, frame, token.statement);
    } else {
      readEntry(run, frame, frame.block.entry, token.statement);
    }
  }
}

function takeServer(frame: Frame, { header, known, block }: ServerToken): void {
  for (const token of tokensOf(header, block.lines.shapes[block.first])) {
    if (token.kind !== 'statement') continue;
    const { statement } = token;
    const row = rootRows.virtual_server;
    frame.children.push({
      ...toNode(row, statement, subjectOf(frame, statement, row)),
      known,
      block,
    });
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

function noteIndentation(run: Run, frame: Frame, token: CloseToken): void {
  if (run.suspect !== undefined || !token.leads) return;
  const indent = indentation(token.origin.raw);
  if (indent >= frame.indent) return;
  for (let outer = frame.parent; outer?.header !== undefined; outer = outer.parent) {
    if (outer.indent === indent) run.suspect = frame;
  }
}

/**
 * Whether the statement shows that the brace of this block was forgotten: it is legal only further out, and either
 * stands no deeper than the block's own keyword or begins a block of the outermost level.
 */
function belongsOutside(run: Run, frame: Frame, statement: Statement): boolean {
  if (frame.isBare) return endsBareBlock(run, frame, statement);
  if (frame.parent === undefined || (run.missingCloses === 0 && run.closedBy !== statement)) return false;
  const name = statement.words[0].text;
  if (rowIn(rowsOf(frame.block), name) !== undefined) return false;
  const outer = ancestorWith(frame, name);
  if (outer === undefined) return false;
  const opensBlock = run.tokens.peek(1)?.kind === 'open';
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

function readKeyword(run: Run, frame: Frame, statement: Statement): void {
  const name = statement.words[0].text;
  const rows = rowsOf(frame.block);
  const written = rowIn(rows, name);
  if (written === undefined) {
    unknownKeyword(run, frame, statement);
    return;
  }
  frame.strayClose = false;
  if (written.deprecated !== undefined) reportDeprecated(run, frame, statement, written);
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
  const next = run.tokens.peek();
  if (next?.kind === 'open') {
    reportUnexpectedBlock(run, next, statement.words[0].text, subject);
    skipBlock(run, 'silently');
  }
  if (usable) frame.children.push(toNode(row, statement, subject));
}

function openBlock(run: Run, frame: Frame, { row, statement, subject, usable }: Pending): void {
  if (!usable) {
    run.lostNames.add(statement.words[1]?.text ?? '');
    if (isEmptyBlock(run)) run.skipped.push({ row, statement });
    skipBlock(run, 'with-placeholders');
    return;
  }
  const opens = run.tokens.peek()?.kind === 'open';
  if (!opens && run.surplusCloses === 0) {
    readBareBlock(run, frame, { row, statement, subject, usable });
    return;
  }
  if (row.block?.kind === 'entries') reportExtraWords(run, statement, row, subject);
  if (opens) run.tokens.skip();
  else {
    run.surplusCloses--;
    reportMissingOpen(run, statement, subject);
  }
  const text = sharedText(run.bodies, row, run.tokens);
  const known = text === undefined ? undefined : run.bodies?.get(text);
  if (known !== undefined) {
    run.tokens.skipBlock();
    frame.children.push({ row, statement, subject, children: known, entries: none });
    return;
  }
  const inner = openFrame({
    parent: frame,
    header: statement,
    row,
    block: row.block ?? keywords({}),
    subject,
  });
  readBlock(run, inner);
  frame.lastClosed = inner;
  frame.children.push({ row, statement, subject, children: inner.children, entries: inner.entries });
  if (text !== undefined) share(run.bodies, text, inner.children);
}

/**
 * No closing brace of the file is left for it, so neither brace is there: the words behind the keyword are what was to
 * stand between them, and so are lines that fit nowhere else.
 */
function readBareBlock(run: Run, frame: Frame, { row, statement, subject }: Pending): void {
  const block = row.block ?? keywords({});
  const inner = openFrame({ parent: frame, header: statement, row, block, subject });
  inner.isBare = true;
  const [, first, ...others] = statement.words;
  const isEntry = block.kind === 'entries' && row.argument.syntax === '' && first !== undefined;
  reportBareBlock(run, statement, isEntry, subject);
  if (isEntry) readEntry(run, inner, block.entry, { ...statement, words: [first, ...others] });
  readBlock(run, inner);
  frame.children.push({ row, statement, subject, children: inner.children, entries: inner.entries });
}

/** Before the brace of a list stands nothing but its keyword. */
function reportExtraWords(run: Run, statement: Statement, row: Row, subject: Subject | undefined): void {
  const [keyword, extra] = statement.words;
  if (row.argument.syntax !== '' || extra === undefined) return;
  run.report({
    code: 'too-many-words',
    message: `between ${keyword.text} and its brace stands nothing, not "${extra.text}"`,
    origin: statement.origin,
    ...placeOf(statement, 1),
    used: 'the words are ignored',
    remedy: 'put each entry on a line of its own between the braces',
    subject,
  });
}

const toNode = (row: Row, statement: Statement, subject: Subject | undefined): Node => ({
  row,
  statement,
  subject,
  children: none,
  entries: none,
});

/** Most lines have nothing below them: they share it. */
const none = [] as const;

function readEntry(run: Run, frame: Frame, entry: Argument<unknown>, statement: Statement): void {
  const subject = subjectOf(frame, statement, frame.row);
  if (frame.row !== undefined && readArguments(run, statement, frame.row, entry, subject))
    frame.entries.push(statement);
  const next = run.tokens.peek();
  if (next?.kind !== 'open') return;
  reportUnexpectedBlock(run, next, `an entry of ${titleOf(frame)}`, subject);
  skipBlock(run, 'silently');
}

/** Root objects are their own subject; what stands in them is about them. */
function subjectOf(frame: Frame, statement: Statement, row: Row | undefined): Subject | undefined {
  if (frame.parent !== undefined) {
    if (frame.subject === undefined) return undefined;
    const { kind, name } = frame.subject;
    return { kind, name, property: row?.property };
  }
  const [kind, ...rest] = statement.words;
  return { kind: kind.text, name: rest.map((word) => word.text).join(' '), property: row?.property };
}

function reportDeprecated(run: Run, frame: Frame, statement: Statement, written: Row): void {
  run.report({
    code: 'deprecated',
    severity: 'warning',
    message: `${statement.words[0].text} is deprecated`,
    origin: statement.origin,
    ...placeOf(statement, 0),
    remedy: written.deprecated,
    keepalived: written.tolerated ? 'none' : 'reported',
    subject: frame.subject,
  });
}

/** The first use counts, or the object exists already: the second one is skipped. */
function isRepeated(run: Run, frame: Frame, statement: Statement, row: Row): boolean {
  const isNamedObject =
    frame.parent === undefined && row.block !== undefined && row.argument.syntax === 'NAME';
  if (!isNamedObject && row.repeat !== 'first-wins' && !row.once) return false;
  const key = isNamedObject
    ? `${statement.words[0].text} ${statement.words[1]?.text ?? ''}`
    : statement.words[0].text;
  const first = frame.seen?.get(key);
  if (first === undefined) {
    frame.seen ??= new Map();
    frame.seen.set(key, statement);
    return false;
  }
  if (row.mayRepeat && first.words[1]?.text === statement.words[1]?.text) return false;
  const isLast = !isNamedObject && row.repeat === 'last-wins';
  const what = isNamedObject ? key : `${key} in ${titleOf(frame)}`;
  run.report({
    code: 'given-twice',
    message: `${what} was given before, in line ${first.origin.line}`,
    origin: statement.origin,
    ...placeOf(statement, 0),
    used: `the one in line ${isLast ? statement.origin.line : first.origin.line}`,
    remedy: isNamedObject ? 'give it another name, or remove one of them' : 'remove one of them',
    subject: frame.subject,
  });
  return !isLast;
}
