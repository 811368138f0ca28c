import { isPlaceholder, placeholder } from '../arguments/reading.ts';
import type { Subject } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { indentation } from '../language/column.ts';
import { argumentsOf, placeOf, type Statement } from '../language/statement.ts';
import { wideBlank, wideCharacter } from '../language/wide-characters.ts';
import { reportEarlyClose } from './brace-reports.ts';
import { type Frame, rowIn, rowsOf } from './frame.ts';
import type { Run } from './run.ts';
import { skipBlock } from './skip-block.ts';
import { outermost, placesOf } from './vocabulary.ts';

/** Suggestions cost time; a file of garbage gets them for its first lines only. */
export const mostSuggestions = 500;

/** A keyword that is not legal here: reported with what was probably meant, and its block skipped. */
export function unknownKeyword(run: Run, frame: Frame, statement: Statement): void {
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
  const opensBlock = run.tokens.peek()?.kind === 'open';
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
  const wide = wideCharacter(name);
  return `unknown keyword ${name}${where}${wide === undefined ? '' : `: it contains ${wide.name}`}`;
}

function unknownRemedy(frame: Frame, name: string, meant: string | undefined): string | undefined {
  const places = placesOf.get(name)?.filter((place) => place !== frame.header?.words[0].text) ?? [];
  const near = meant === undefined ? undefined : `did you mean ${meant}?`;
  if (places.length > 0)
    return [near, `${name} is legal ${legalAt(places)}, not here`]
      .filter((part) => part !== undefined)
      .join(' ');
  if (/^(?:\/\/|\/\*|--|;|%)/.test(name)) return 'a comment begins with # or !';
  const [, keyword = '', sign, value] = /^([\w-]+)([=:]+)(.*)$/.exec(name) ?? [];
  if (rowIn(rowsOf(frame.block), keyword) !== undefined)
    return value === ''
      ? `write ${keyword}, without the ${sign}`
      : `between ${keyword} and its value stands a blank: write ${keyword} ${value}`;
  if (near !== undefined) return near;
  return wideBlank(name) === undefined
    ? 'remove the line, or check the spelling'
    : 'replace it with an ordinary blank';
}

function legalAt(places: readonly string[]): string {
  const blocks = places.filter((place) => place !== outermost).slice(0, 4);
  const inside = blocks.length === 0 ? [] : [`in ${blocks.join(', ')}`];
  return [...inside, ...(places.includes(outermost) ? ['at the outermost level'] : [])].join(' and ');
}

const isTooDeep = (frame: Frame, last: Frame, statement: Statement): boolean =>
  frame.parent === undefined || indentation(statement.origin.raw) > last.indent;
