/** A piece of a regular expression, as far as it matters for how often it can match the same text. */
export type Piece =
  /** One character out of a set. */
  | { readonly kind: 'set'; readonly accepts: (character: string) => boolean; readonly times: Times }
  | {
      readonly kind: 'group';
      readonly branches: readonly Branch[];
      readonly times: Times;
      readonly text: string;
    }
  /** Anchors, lookarounds and what else takes no character; a back reference counts as one, too. */
  | { readonly kind: 'empty' };

export type Branch = readonly Piece[];

/** How often a piece stands in a row; `possessive`: what it has taken it does not give back. */
export interface Times {
  readonly least: number;
  readonly most: number;
  readonly possessive: boolean;
}

interface Cursor {
  readonly text: string;
  at: number;
}

/** Reads a pattern of PCRE2, generously: what it does not know counts as a plain character. */
export function readPattern(text: string): readonly Branch[] {
  const cursor = { text, at: 0 };
  const branches: Branch[] = [];
  // A superfluous closing parenthesis ends nothing.
  for (; cursor.at < text.length; cursor.at++) branches.push(...readBranches(cursor));
  return branches;
}

function readBranches(cursor: Cursor): Branch[] {
  const branches: Piece[][] = [[]];
  while (cursor.at < cursor.text.length && cursor.text[cursor.at] !== ')') {
    if (cursor.text[cursor.at] === '|') {
      cursor.at++;
      branches.push([]);
    } else branches.at(-1)?.push(readPiece(cursor));
  }
  return branches;
}

function readPiece(cursor: Cursor): Piece {
  const start = cursor.at;
  const character = cursor.text[cursor.at++] ?? '';
  if (character === '(') return readGroup(cursor, start);
  if (character === '^' || character === '$') return { kind: 'empty' };
  const accepts =
    character === '['
      ? readClass(cursor)
      : character === '\\'
        ? readEscape(cursor)
        : character === '.'
          ? notNewline
          : (other: string) => other === character;
  const times = readTimes(cursor);
  return accepts === undefined ? { kind: 'empty' } : { kind: 'set', accepts, times };
}

function readGroup(cursor: Cursor, start: number): Piece {
  const [opening = ''] =
    /^\?(?:[:=!>|]|<[=!]|P?<\w+>|'\w+'|#[^)]*|[a-zA-Z-]*:?)/.exec(cursor.text.slice(cursor.at)) ?? [];
  cursor.at += opening.length;
  const branches = readBranches(cursor);
  cursor.at++;
  const times = readTimes(cursor);
  if (/^\?(?:[=!#]|<[=!])/.test(opening)) return { kind: 'empty' };
  const possessive = times.possessive || (opening === '?>' && times.most === 1);
  const inside = opening === '?>' ? branches.map((branch) => branch.map(takenOnce)) : branches;
  return {
    kind: 'group',
    branches: inside,
    times: { ...times, possessive },
    text: cursor.text.slice(start, cursor.at),
  };
}

/** Inside an atomic group nothing is given back. */
const takenOnce = (piece: Piece): Piece =>
  piece.kind === 'empty' ? piece : { ...piece, times: { ...piece.times, possessive: true } };

function readTimes(cursor: Cursor): Times {
  const rest = cursor.text.slice(cursor.at, cursor.at + 24);
  const [found, sign, least, comma, most, mode] = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})([+?]?)/.exec(rest) ?? [];
  if (found === undefined) return { least: 1, most: 1, possessive: false };
  cursor.at += found.length;
  const possessive = mode === '+';
  if (sign !== undefined)
    return { least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Number.POSITIVE_INFINITY, possessive };
  const lower = Number(least);
  const upper = comma === '' ? lower : most === '' ? Number.POSITIVE_INFINITY : Number(most);
  return { least: lower, most: upper, possessive };
}

type Accepts = (character: string) => boolean;

const notNewline: Accepts = (character) => character !== '\n';
const escapes: Readonly<Record<string, RegExp>> = {
  d: /\d/,
  D: /\D/,
  w: /\w/,
  W: /\W/,
  s: /\s/,
  S: /\S/,
  h: /[ \t]/,
  N: /[^\n]/,
  R: /[\n\r\v\f]/,
};
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', e: '\u001b' };

/** @returns undefined where it takes no character: `\b` and its like, and back references */
function readEscape(cursor: Cursor): Accepts | undefined {
  const letter = cursor.text[cursor.at++] ?? '';
  const known = escapes[letter];
  if (known !== undefined) return (character) => known.test(character);
  if (/[bBAzZGK0-9]/.test(letter)) return undefined;
  const meant = controls[letter] ?? letter;
  return (character) => character === meant;
}

const named: Readonly<Record<string, RegExp>> = {
  alpha: /[a-z]/i,
  digit: /\d/,
  alnum: /[a-z0-9]/i,
  space: /\s/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  punct: /[!-/:-@[-`{-~]/,
  xdigit: /[0-9a-f]/i,
  word: /\w/,
};

function readClass(cursor: Cursor): Accepts {
  const negated = cursor.text[cursor.at] === '^';
  if (negated) cursor.at++;
  const accepted: Accepts[] = [];
  for (let first = true; cursor.at < cursor.text.length; first = false) {
    if (cursor.text[cursor.at] === ']' && !first) break;
    accepted.push(readMember(cursor));
  }
  cursor.at++;
  return (character) => accepted.some((accepts) => accepts(character)) !== negated;
}

function readMember(cursor: Cursor): Accepts {
  const rest = cursor.text.slice(cursor.at, cursor.at + 16);
  const [whole, name] = /^\[:(\w+):\]/.exec(rest) ?? [];
  if (whole !== undefined) {
    cursor.at += whole.length;
    return (character) => named[name ?? '']?.test(character) ?? false;
  }
  const low = cursor.text[cursor.at++] ?? '';
  if (low === '\\') return readEscape(cursor) ?? (() => false);
  const high = cursor.text[cursor.at + 1];
  if (cursor.text[cursor.at] !== '-' || high === undefined || high === ']')
    return (character) => character === low;
  cursor.at += 2;
  return (character) => character >= low && character <= high;
}
