import type { Switch } from './table.ts';

/** What the words of a command line say, before any value is judged. */
export interface ReadWords {
  /** In the order they were given; the same switch may come again. */
  readonly given: readonly { readonly row: Switch; readonly value: string | undefined }[];
  readonly extra: readonly string[];
  /** Each ends the program with status 1, after all words were read. */
  readonly complaints: readonly string[];
}

interface Reading {
  readonly rows: readonly Switch[];
  readonly words: readonly string[];
  at: number;
  readonly given: { row: Switch; value: string | undefined }[];
  readonly extra: string[];
  readonly complaints: string[];
}

/**
 * Reads words as getopt_long(3) does: short switches combined, values attached or following, long ones by any
 * unambiguous beginning, `--` ends the switches, other words may stand between them.
 * @param words the command line without the program's name
 */
export function readWords(rows: readonly Switch[], words: readonly string[]): ReadWords {
  const reading: Reading = { rows, words, at: 0, given: [], extra: [], complaints: [] };
  while (reading.at < words.length) {
    const word = words[reading.at++] ?? '';
    if (word === '--') {
      reading.extra.push(...words.slice(reading.at));
      break;
    }
    if (word.startsWith('--')) readLong(reading, word.slice(2));
    else if (word.length > 1 && word.startsWith('-')) readShort(reading, word.slice(1));
    else reading.extra.push(word);
  }
  return reading;
}

function readLong(reading: Reading, text: string): void {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const attached = equals < 0 ? undefined : text.slice(equals + 1);
  const row = findLong(reading.rows, name);
  if (row === undefined) {
    reading.complaints.push(`Unknown option --${name}`);
    return;
  }
  if (row.argument === 'none' && attached !== undefined) {
    reading.complaints.push(`Option --${row.long} takes no argument`);
    return;
  }
  take(reading, row, attached, `--${row.long}`);
}

/** The row of that name, or the only one beginning so. */
function findLong(rows: readonly Switch[], name: string): Switch | undefined {
  const exact = rows.find((row) => row.long === name);
  if (exact !== undefined || name === '') return exact;
  const candidates = rows.filter((row) => row.long.startsWith(name));
  return candidates.length === 1 ? candidates[0] : undefined;
}

function readShort(reading: Reading, letters: string): void {
  for (let index = 0; index < letters.length; index++) {
    const letter = letters.charAt(index);
    const row = reading.rows.find((candidate) => candidate.short === letter);
    if (row === undefined) {
      reading.complaints.push(`Unknown option -${letter}`);
      continue;
    }
    const rest = letters.slice(index + 1);
    if (row.argument === 'none') {
      take(reading, row, undefined, `-${letter}`);
      continue;
    }
    take(reading, row, rest === '' ? undefined : rest, `-${letter}`);
    return;
  }
}

function take(reading: Reading, row: Switch, attached: string | undefined, spelt: string): void {
  const value = attached ?? (row.argument === 'required' ? reading.words[reading.at++] : undefined);
  if (row.argument === 'required' && (value === undefined || value === '')) {
    reading.complaints.push(`Missing parameter for option ${spelt}`);
    return;
  }
  reading.given.push({ row, value });
}
