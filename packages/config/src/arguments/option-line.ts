import { suggest } from '../diagnostics/suggest.ts';
import type { Argument, Problem, Reading, Rows } from '../keywords/row.ts';
import type { Statement } from '../language/statement.ts';
import type { Word } from '../language/words.ts';
import type { Node } from '../parser/node.ts';

/** A line of options, each with words of its own behind it; `readValue` reads one by its row. */
export interface OptionLine {
  readonly children: readonly Node[];
}

export interface OptionLineForm {
  readonly rows: Rows;
  /** Which row a word belongs to that is no option: a destination behind no keyword. */
  readonly positional?: (word: Word) => string | undefined;
  /** What happens to the line when an option cannot be read: `the route is left out`. */
  readonly dropped: string;
  /** What an unknown word is said not to be: `option of a route`. */
  readonly what: string;
}

/** Reads the words from `start` on, one option after the other. @returns no value when one of them cannot be used */
export function readOptionLine(
  statement: Statement,
  start: number,
  { rows, positional, dropped, what }: OptionLineForm,
): Reading<OptionLine> {
  const children: Node[] = [];
  const problems: Problem[] = [];
  const { words } = statement;
  for (let at = start; at < words.length; ) {
    const word = words[at];
    if (word === undefined) break;
    const isOption = Object.hasOwn(rows, word.text);
    const name = isOption ? word.text : positional?.(word);
    const row = name === undefined ? undefined : rows[name];
    if (row === undefined || name === undefined) {
      return { value: undefined, problems: [...problems, unknownOption(word, at, what, dropped, rows)] };
    }
    const first = isOption ? at : at - 1;
    const option = optionAt(statement, first, isOption ? word : { ...word, text: name });
    const reading = row.argument.read(option);
    problems.push(...reading.problems.map((problem) => ({ ...problem, word: first + problem.word })));
    if (reading.value === undefined) return { value: undefined, problems: asDropped(problems, dropped) };
    children.push({ row, statement: option, children: [], entries: [], subject: undefined });
    at = first + 1 + wordsTaken(row.argument, words.slice(first + 1));
  }
  return { value: { children }, problems };
}

const asDropped = (problems: readonly Problem[], dropped: string): readonly Problem[] =>
  problems.map((problem, index) => (index === problems.length - 1 ? { ...problem, used: dropped } : problem));

/** An option as a statement of its own. @param at the index of its keyword, which may stand before the line */
function optionAt(statement: Statement, at: number, keyword: Word): Statement {
  const { words, origin } = statement;
  const own: readonly [Word, ...Word[]] = [keyword, ...words.slice(at + 1)];
  return { words: own, text: own.map((word) => word.text).join(' '), origin, openQuote: false };
}

/** How many of the words behind an option are its own. */
export function wordsTaken(argument: Argument<unknown>, following: readonly Word[]): number {
  if (argument.takes !== undefined) return argument.takes(following);
  return argument.syntax === '' ? 0 : 1;
}

/** Which options are used on a line whose words have been understood. */
export function optionsUsed(rows: Rows, words: readonly Word[]): readonly string[] {
  const used: string[] = [];
  for (let at = 0; at < words.length; ) {
    const name = words[at]?.text ?? '';
    const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
    if (row !== undefined) used.push(name);
    at += 1 + (row === undefined ? 0 : wordsTaken(row.argument, words.slice(at + 1)));
  }
  return used;
}

function unknownOption(word: Word, at: number, what: string, dropped: string, rows: Rows): Problem {
  const near = suggest(word.text, Object.keys(rows));
  return {
    code: 'unknown-option',
    message: `"${word.text}" is no ${what}`,
    word: at,
    used: dropped,
    remedy: near === undefined ? `options are ${Object.keys(rows).join(', ')}` : `did you mean ${near}?`,
  };
}
