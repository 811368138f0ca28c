import { nothing } from '../../arguments/simple.ts';
import { later, type Rows } from '../row.ts';

/** Options of PCRE2 by their names in lower case, and what they change: pcre2api(3). */
const meanings: Readonly<Record<string, string>> = {
  allow_empty_class: 'A class of no characters matches nothing.',
  alt_bsux: 'Backslash with u, U or x means what ECMAScript says.',
  auto_callout: 'Calls back at every step.',
  caseless: 'Letters match in either case.',
  dollar_endonly: 'The dollar sign matches at the very end only.',
  dotall: 'The dot matches line ends too.',
  dupnames: 'Groups may share a name.',
  extended: 'Blanks and comments in the pattern do not count.',
  firstline: 'A match has to begin in the first line.',
  match_unset_backref: 'A reference to a group that did not take part matches nothing at all.',
  multiline: 'Line ends count for the signs of beginning and end.',
  never_ucp: 'The pattern cannot switch on Unicode properties.',
  never_utf: 'The pattern cannot switch on UTF.',
  no_auto_capture: 'Plain parentheses do not capture.',
  no_auto_possess: 'Repetitions are not made possessive.',
  no_dotstar_anchor: 'A leading dot and star does not anchor the pattern.',
  no_start_optimize: 'No shortcuts at the start of matching.',
  ucp: 'Classes go by Unicode properties.',
  ungreedy: 'Repetitions take as little as they can.',
  utf: 'Pattern and text are UTF-8.',
  never_backslash_c: 'The pattern cannot match single bytes of a character.',
  alt_circumflex: 'The circumflex matches behind the last line end, too.',
  alt_verbnames: 'Backslashes are read in the names of verbs.',
  use_offset_limit: 'A match may be limited to begin before an offset.',
};

/** A row for each option: rows of their own for each checker. */
export const regexOptionWords = (): Rows =>
  Object.fromEntries(
    Object.entries(meanings).map(([name, doc]) => [
      name,
      later(nothing, doc, { owner: 'checker', default: 'off' }),
    ]),
  );
