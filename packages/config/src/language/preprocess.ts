import { dirname, resolve } from 'node:path/posix';
import type { Random } from '@holdfast/kit';
import type { Report } from '../diagnostics/report.ts';
import type { FileSystem } from '../files/file-system.ts';
import { glob } from '../files/glob.ts';
import { isBlank, trimBlanks } from './blanks.ts';
import { stripComment } from './comments.ts';
import { conditional } from './condition.ts';
import { applyIncludeCheck, type IncludeChecks, missingMatches, noChecks, parseInclude } from './include.ts';
import { bytesOf, isTooLong, longestLine, type Origin } from './line.ts';
import { createLines, type FileText, type LineStore, type Lines } from './lines.ts';
import {
  type Parameters,
  type ParameterValue,
  parseDefinition,
  type Surroundings,
  substitute,
} from './parameters.ts';
import { beginsSpecially, behindBrace, eachPhysicalLine, shapes } from './physical-lines.ts';
import { missingInclude, missingMain, severalFiles, substitutionProblem } from './reports.ts';
import { isRepetition, parseRepetition } from './sequences.ts';
import { decodeText } from './source.ts';
import { standsAlone, unterminatedQuote } from './unterminated-quote.ts';
import { hasUnterminatedQuote, splitWords } from './words.ts';

export interface PreprocessOptions {
  /** A file name or glob pattern. */
  readonly pattern: string;
  /** Where a relative pattern starts. */
  readonly directory: string;
  readonly files: FileSystem;
  readonly configId: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly random: Random;
  /** `-e`: every include is checked. */
  readonly includeChecks: IncludeChecks;
  readonly report: (report: Report) => void;
}

export interface Preprocessed {
  readonly lines: Lines;
  /** Every file that was read, in order. */
  readonly files: readonly string[];
  /** The line that a file was included by, the first one where there are several. */
  readonly includedBy: ReadonlyMap<string, Origin>;
}

/** Bounds that no honest file meets; each is told once. */
const limits = { includeDepth: 32, nesting: 48, lines: 1_000_000, expansions: 500_000 } as const;

interface OpenFile extends FileText {
  readonly depth: number;
  checks: IncludeChecks;
  /** A definition that goes on: its name and the pieces so far. */
  definition: { readonly name: string; readonly pieces: string[] } | undefined;
}

interface Run {
  readonly options: PreprocessOptions;
  readonly lines: LineStore;
  readonly filesRead: string[];
  readonly includedBy: Map<string, Origin>;
  readonly openPaths: string[];
  readonly parameters: Map<string, ParameterValue>;
  readonly told: Set<string>;
  /** Lines that parameters and sequences have made: two in each of forty levels would never come to an end. */
  expansions: number;
}

/** A line on its way through the stages, with the values that a `~SEQ` or `~LST` around it gave to its parameters. */
interface Pending {
  readonly text: string;
  readonly origin: Origin;
  readonly bindings: ReadonlyMap<string, ParameterValue>;
  readonly nesting: number;
}

/**
 * Reads a configuration and everything it includes down to plain lines: comments, `@` conditions, `$` parameters,
 * `~SEQ`/`~LST` and includes are resolved. Problems are reported; it never throws.
 */
export function preprocess(options: PreprocessOptions): Preprocessed {
  const run: Run = {
    options,
    lines: createLines(),
    filesRead: [],
    includedBy: new Map(),
    openPaths: [],
    parameters: new Map(),
    told: new Set(),
    expansions: 0,
  };
  const matches = glob(options.pattern, options.directory, options.files);
  const paths = matches.flatMap((match) => match.paths);
  const whole: Origin = { file: options.pattern, line: 0, raw: '' };
  if (paths.length === 0) options.report(missingMain(whole));
  if (paths.length > 1) options.report(severalFiles(whole, paths.length));
  for (const path of paths) readFile(run, path, { origin: whole, checks: noChecks, depth: 0 });
  return { lines: run.lines, files: run.filesRead, includedBy: run.includedBy };
}

interface ReadRequest {
  readonly origin: Origin;
  /** What of a failure to read makes the configuration unusable. */
  readonly checks: IncludeChecks;
  readonly depth: number;
}

function readFile(run: Run, path: string, request: ReadRequest): void {
  const bytes = readableBytes(run, path, request);
  if (bytes === undefined) return;
  const { text, codes, byteOrderMark, invalidUtf8 } = decodeText(bytes);
  if (request.depth > 0 && !run.includedBy.has(path)) run.includedBy.set(path, request.origin);
  run.filesRead.push(path);
  run.openPaths.push(path);
  const file: OpenFile = {
    path,
    text,
    depth: request.depth,
    checks: run.options.includeChecks,
    definition: undefined,
  };
  const whole: Origin = { file: path, line: 0, raw: '' };
  if (byteOrderMark) noteByteOrderMark(run, whole);
  if (invalidUtf8) note(run, 'not-utf8', whole, 'some bytes of the file are not UTF-8');
  eachPhysicalLine({ text, codes }, (start, end, number, shape) => {
    if (shape === shapes.special || file.definition !== undefined || run.lines.length >= limits.lines)
      physicalLine(run, file, { file: path, line: number, raw: text.slice(start, end) });
    else if (shape !== shapes.blank) run.lines.addPlace(file, start, end, number, shape);
  });
  endDefinition(run, file);
  run.openPaths.pop();
}

/** Only a regular file that is not executable is read: config(5). */
function readableBytes(
  run: Run,
  path: string,
  { origin, checks, depth }: ReadRequest,
): Uint8Array | undefined {
  const failed = (why: string, remedy: string): undefined => {
    const isMain = depth === 0;
    run.options.report({
      code: isMain ? 'file-unreadable' : 'include-unreadable',
      message: `${path} ${why}`,
      origin,
      used: checks.read ? 'nothing: this form of include makes it fatal' : 'the file is skipped',
      remedy,
      keepalived: checks.read ? 'include' : 'none',
      fatal: checks.read,
      reload: isMain || checks.read ? 'refuse' : 'apply',
    });
  };
  if (run.openPaths.includes(path))
    return failed('includes itself', 'remove the include that closes the circle');
  if (depth > limits.includeDepth) return failed('is included too deeply', 'include it from fewer levels');
  const status = run.options.files.stat(path);
  if (status === undefined) return failed('does not exist', 'check the name');
  if (status.kind !== 'file') return failed('is not a regular file', 'name a file');
  if ((status.mode & 0o111) !== 0) return failed('is executable', `run: chmod a-x ${path}`);
  const bytes = run.options.files.read(path);
  return bytes.ok ? bytes.value : failed(`cannot be read: ${bytes.error.code}`, 'check its permissions');
}

function physicalLine(run: Run, file: OpenFile, origin: Origin): void {
  const { raw } = origin;
  if (raw.includes('\0')) {
    const used = 'the line is ignored';
    run.options.report({ code: 'nul-byte', message: 'the line contains a NUL byte', origin, used });
    return;
  }
  if (isTooLong(raw)) {
    run.options.report({
      code: 'line-too-long',
      message: `the line has ${bytesOf(raw)} bytes; at most ${longestLine} are read`,
      origin,
      used: 'the line is ignored',
      remedy: 'write it on several lines',
    });
    return;
  }
  processLine(run, file, { text: stripComment(raw), origin, bindings: new Map(), nesting: 0 });
}

/** The stages in order; a stage that takes the line ends its way. */
function processLine(run: Run, file: OpenFile, pending: Pending): void {
  if (file.definition !== undefined) {
    openQuote(run, pending);
    continueDefinition(run, file, pending.text, pending.origin.raw);
    return;
  }
  if (pending.nesting === 0 && isOrdinary(pending.text)) {
    emitParts(run, file, pending, pending.origin);
    return;
  }
  if (isBlank(pending.text)) return;
  if (pending.nesting > limits.nesting) {
    tooDeep(run, pending.origin);
    return;
  }
  const text = conditional(pending.text, run.options.configId);
  if (text === undefined || define(run, file, text)) {
    openQuote(run, pending);
    return;
  }
  if (isRepetition(text)) {
    repeat(run, file, { ...pending, text });
    return;
  }
  const replaced = replace(run, file, { ...pending, text });
  if (replaced === undefined) return;
  if (include(run, file, replaced, pending)) return;
  const origin = replaced === text ? pending.origin : { ...pending.origin, expanded: replaced };
  emitParts(run, file, { ...pending, text: replaced }, origin);
}

/** Emits a line as far as it is one: what stands behind a brace may be a statement of the language again. */
function emitParts(run: Run, file: OpenFile, pending: Pending, origin: Origin): void {
  const { text } = pending;
  const next = behindBrace(text);
  emit(run, file, next === undefined ? text : text.slice(0, next), origin);
  if (next !== undefined) processLine(run, file, { ...pending, text: text.slice(next) });
}

/** keepalived looks at the quotes of every line that it reads, also of those that come to nothing. */
function openQuote(run: Run, { text, origin, nesting }: Pending): void {
  if (nesting === 0 && hasUnterminatedQuote(text)) run.options.report(unterminatedQuote(origin));
}

/** No stage has anything to do for what is left of a line without its comment. */
const isOrdinary = (text: string): boolean => !text.includes('$') && !beginsSpecially(text);

function define(run: Run, file: OpenFile, text: string): boolean {
  const definition = parseDefinition(text);
  if (definition === undefined) return false;
  const { name, value } = definition;
  if (!value.endsWith('\\')) {
    run.parameters.set(name, [value]);
    return true;
  }
  file.definition = { name, pieces: [trimBlanks(value.slice(0, -1))] };
  return true;
}

/** A backslash behind a comment continues the definition, too: keepalived 2.2 reads it so, and files rely on it. */
function continueDefinition(run: Run, file: OpenFile, text: string, raw: string): void {
  const piece = trimBlanks(text);
  const more = piece.endsWith('\\') || trimBlanks(raw).endsWith('\\');
  file.definition?.pieces.push(piece.endsWith('\\') ? trimBlanks(piece.slice(0, -1)) : piece);
  if (!more) endDefinition(run, file);
}

function endDefinition(run: Run, file: OpenFile): void {
  if (file.definition === undefined) return;
  const { name, pieces } = file.definition;
  const [first = '', ...others] = pieces.filter((piece) => piece !== '');
  run.parameters.set(name, [first, ...others]);
  file.definition = undefined;
}

function repeat(run: Run, file: OpenFile, { text, origin, bindings, nesting }: Pending): void {
  // Only the arguments are replaced now; the text is, once for each value.
  const end = text.indexOf(')') + 1;
  const head = substitute(
    end === 0 ? text : text.slice(0, end),
    withBindings(run, bindings),
    surroundingsOf(run, file),
  );
  const repetition = parseRepetition((head.lines[0] ?? '') + (end === 0 ? '' : text.slice(end)));
  if (!repetition.ok) {
    const used = 'the line is ignored';
    run.options.report({ code: 'wrong-sequence', message: repetition.error, origin, used });
    return;
  }
  const { names, values, text: body } = repetition.value;
  for (const set of values) {
    if (run.lines.length >= limits.lines || isSpent(run, origin)) break;
    const bound = new Map(bindings);
    for (const [index, name] of names.entries()) bound.set(name, [set[index] ?? '']);
    processLine(run, file, { text: body, origin, bindings: bound, nesting: nesting + 1 });
  }
}

/** Replaces parameters; the lines of a parameter of several lines go their own way, and so does a new condition. */
function replace(run: Run, file: OpenFile, pending: Pending): string | undefined {
  const { text, origin, bindings, nesting } = pending;
  if (!text.includes('$')) return text;
  const { lines, changed, problem } = substitute(
    text,
    withBindings(run, bindings),
    surroundingsOf(run, file),
  );
  if (problem !== undefined) run.options.report(substitutionProblem(problem, origin));
  if (!changed) return text;
  const [only, ...more] = lines;
  const again = stripComment(only);
  if (more.length === 0 && !/^[ \t-\r]*[@~$]/.test(again)) return again;
  for (const line of [again, ...more]) {
    if (isSpent(run, origin)) break;
    processLine(run, file, { text: line, origin, bindings, nesting: nesting + 1 });
  }
  return undefined;
}

function withBindings(run: Run, bindings: ReadonlyMap<string, ParameterValue>): Parameters {
  if (bindings.size === 0) return run.parameters;
  return { get: (name) => bindings.get(name) ?? run.parameters.get(name) };
}

const surroundingsOf = (run: Run, file: OpenFile): Surroundings => ({
  directory: dirname(file.path),
  configId: run.options.configId,
  environment: run.options.environment,
  random: run.options.random,
});

function include(run: Run, file: OpenFile, text: string, { origin }: Pending): boolean {
  const statement = parseInclude(text, file.checks);
  if (statement === undefined) return false;
  const { pattern, checks } = statement;
  if (hasUnterminatedQuote(text)) run.options.report(unterminatedQuote(origin));
  const matches = glob(pattern, dirname(file.path), run.options.files);
  const { missing, fatal } = missingMatches(pattern, matches, checks);
  for (const match of missing) run.options.report(missingInclude(match, origin, fatal));
  if (fatal) return true;
  for (const path of matches.flatMap((match) => match.paths)) {
    readFile(run, resolve(path), { origin, checks, depth: file.depth + 1 });
  }
  return true;
}

function emit(run: Run, file: OpenFile, text: string, origin: Origin): void {
  if (run.lines.length >= limits.lines) {
    if (!run.told.has('lines')) {
      run.told.add('lines');
      const message = `the configuration has more than ${limits.lines} lines`;
      run.options.report({
        code: 'too-many-lines',
        message,
        origin,
        used: 'the rest is ignored',
        reload: 'refuse',
      });
    }
    return;
  }
  const openQuote = hasUnterminatedQuote(text);
  const clean = openQuote ? text.slice(0, text.lastIndexOf('"')) : text;
  if (clean.includes('include_check')) {
    const [keyword, ...words] = splitWords(clean).map((word) => word.text);
    if (keyword === 'include_check') file.checks = applyIncludeCheck(words, file.checks);
  }
  if (!isBlank(clean)) run.lines.addMade({ text: clean, origin, openQuote });
  if (openQuote && standsAlone(clean)) run.options.report(unterminatedQuote(origin));
}

/** Counts one more line that was made; past the bound that is told, once. */
function isSpent(run: Run, origin: Origin): boolean {
  if (++run.expansions <= limits.expansions) return false;
  if (run.told.has('expansions')) return true;
  run.told.add('expansions');
  const message = `parameters and sequences make more than ${limits.expansions} lines`;
  run.options.report({
    code: 'nested-too-deeply',
    message,
    origin,
    used: 'the lines until here',
    reload: 'refuse',
  });
  return true;
}

function tooDeep(run: Run, origin: Origin): void {
  if (run.told.has('nesting')) return;
  run.told.add('nesting');
  const message = 'parameters and sequences are nested too deeply';
  run.options.report({ code: 'nested-too-deeply', message, origin, used: 'the line is ignored' });
}

/** keepalived takes it for the beginning of the first keyword, and does not know that one. */
function noteByteOrderMark(run: Run, origin: Origin): void {
  const message = 'the file begins with a byte order mark, which keepalived takes for part of the first word';
  run.options.report({
    code: 'byte-order-mark',
    severity: 'note',
    message,
    origin,
    used: 'the text behind it',
    remedy: 'save the file without the mark',
    keepalived: 'reported',
  });
}

function note(run: Run, code: string, origin: Origin, message: string): void {
  run.options.report({ code, severity: 'note', message, origin });
}
