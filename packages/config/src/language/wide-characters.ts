/** Characters of a Chinese or Japanese keyboard, and of word processors, that look like those of the language. */
const names: ReadonlyMap<string, string> = new Map([
  ['\u3000', 'an ideographic space (U+3000)'],
  ['\u00a0', 'a no-break space (U+00A0)'],
  ['\u2003', 'an em space (U+2003)'],
  ['\u200b', 'a zero width space (U+200B)'],
  ['\ufeff', 'a byte order mark (U+FEFF)'],
  ['\uff0c', 'a full-width comma (U+FF0C)'],
  ['\u3001', 'an ideographic comma (U+3001)'],
  ['\u3002', 'an ideographic full stop (U+3002)'],
  ['\uff0e', 'a full-width full stop (U+FF0E)'],
  ['\uff1a', 'a full-width colon (U+FF1A)'],
  ['\uff1b', 'a full-width semicolon (U+FF1B)'],
  ['\uff01', 'a full-width exclamation mark (U+FF01)'],
  ['\uff03', 'a full-width number sign (U+FF03)'],
  ['\uff08', 'a full-width opening parenthesis (U+FF08)'],
  ['\uff09', 'a full-width closing parenthesis (U+FF09)'],
  ['\uff5b', 'a full-width opening brace (U+FF5B)'],
  ['\uff5d', 'a full-width closing brace (U+FF5D)'],
  ['\uff0f', 'a full-width slash (U+FF0F)'],
  ['\u201c', 'a curly quotation mark (U+201C)'],
  ['\u201d', 'a curly quotation mark (U+201D)'],
  ['\u2018', 'a curly apostrophe (U+2018)'],
  ['\u2019', 'a curly apostrophe (U+2019)'],
  ['\u2013', 'a dash (U+2013)'],
  ['\u2014', 'a long dash (U+2014)'],
]);

export interface WideCharacter {
  /** What it is called: `an ideographic space (U+3000)`. */
  readonly name: string;
  /** Where it stands in the text. */
  readonly at: number;
}

/** The first character of a word that was hardly meant: full-width digits and letters count, too. */
export function wideCharacter(text: string): WideCharacter | undefined {
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    const name = names.get(character) ?? fullWidth(character);
    if (name !== undefined) return { name, at };
  }
  return undefined;
}

const blanks: ReadonlySet<string> = new Set(['\u3000', '\u00a0', '\u2003', '\u200b', '\ufeff']);

/** The first blank of a word that is none for the language. */
export function wideBlank(text: string): WideCharacter | undefined {
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (blanks.has(character)) return { name: names.get(character) ?? 'a blank', at };
  }
  return undefined;
}

/** U+FF10 to U+FF5A are digits and letters as wide as ideographs. */
function fullWidth(character: string): string | undefined {
  const code = character.charCodeAt(0);
  if (code < 0xff10 || code > 0xff5a) return undefined;
  const plain = String.fromCharCode(code - 0xfee0);
  return /[0-9A-Za-z]/.test(plain)
    ? `a full-width ${plain} (U+${code.toString(16).toUpperCase()})`
    : undefined;
}
