import { anyWords } from '../arguments/simple.ts';
import { keyword, type Rows } from './row.ts';

const language = { owner: 'core', repeat: 'accumulates' } as const;
const row = (syntax: string, doc: string) => keyword(anyWords(syntax), doc, language);

/** How a parameter is used in the middle of a text. */
const used = (inside: string): string => `$\{${inside}}`;

/** What lines are made of before they are keywords: statements of the language itself, and its built-in parameters. */
export const lexicalRows: Rows = {
  include: row('GLOB', 'Reads other files at this place.'),
  includer: row('GLOB', 'As include; a file that cannot be read is fatal.'),
  includem: row('GLOB', 'As includer; a plain name that matches nothing is fatal.'),
  includew: row('GLOB', 'As includem; a pattern that matches nothing is fatal.'),
  includeb: row('GLOB', 'As includer; a missing alternative of a brace list is fatal.'),
  includea: row('GLOB', 'As include; each of these mistakes is fatal.'),
  '@': row('@ID LINE', 'The line counts only where the config id is ID.'),
  '@^': row('@^ID LINE', 'The line counts only where the config id is another one.'),
  '$NAME=': row('$NAME=VALUE', 'Defines a parameter; behind a backslash the value goes on in the next line.'),
  $NAME: row(`$NAME | ${used('NAME')} | ${used('NAME ARGUMENTS')}`, 'Stands for the value of a parameter.'),
  '~SEQ': row('~SEQ(NAME, [START, [STEP,]] END) TEXT', 'The text once for each number.'),
  '~SEQx': row('~SEQx(NAME, [START, [STEP,]] END) TEXT', 'As ~SEQ, with hexadecimal numbers.'),
  '~LST': row('~LST(NAME|{NAMES}, VALUES...) TEXT', 'The text once for each value or set of values.'),
  _PWD: row(used('_PWD'), 'The directory of the file that is being read.'),
  _INSTANCE: row(used('_INSTANCE'), 'The config id.'),
  _RANDOM: row(used('_RANDOM [MIN [MAX]]'), 'A random whole number, another one at each use.'),
  _ENV: row(used('_ENV NAME'), 'The value of a variable of the environment.'),
  _HASH: row(used('_HASH'), 'The sign # that begins no comment in quotes.'),
  _BANG: row(used('_BANG'), 'The sign ! that begins no comment in quotes.'),
};
