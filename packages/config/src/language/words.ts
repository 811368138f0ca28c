import { isBlankCode } from './blanks.ts';

export interface Word {
  readonly text: string;
  /** Offset of its first character (of the opening quote) in the line. */
  readonly at: number;
  readonly quoted: boolean;
}

/** Double-quoted text, a lone quote (unterminated: it and the rest are dropped), or a run of anything else. */
const piece = /"([^"]*)"|"|[^ \t-\r"]+/g;

/**
 * Splits a line into words: white space separates, double quotes hold together. A quote also ends the word before it
 * (`ab"cd ef"gh` is three words); there are no escapes, and single quotes are ordinary characters.
 * @param from,to the part of the text that is split; places of words are those in the whole text
 */
export function splitWords(text: string, from = 0, to = text.length): readonly Word[] {
  if (!text.includes('"')) return plainWords(text, from, to);
  const words: Word[] = [];
  for (const match of text.slice(from, to).matchAll(piece)) {
    if (match[0] === '"') break;
    const quoted = match[1] !== undefined;
    words.push({ text: match[1] ?? match[0], at: from + match.index, quoted });
  }
  return words;
}

/** Without quotes, as nearly every line: many times as fast. */
export function plainWords(text: string, from: number, to: number): readonly Word[] {
  const words: Word[] = [];
  let start = -1;
  for (let at = from; at <= to; at++) {
    if (at === to || isBlankCode(text.charCodeAt(at))) {
      if (start >= 0) words.push({ text: text.slice(start, at), at: start, quoted: false });
      start = -1;
    } else if (start < 0) start = at;
  }
  return words;
}

/** Whether a double quote is left open. */
export const hasUnterminatedQuote = (text: string): boolean =>
  text.includes('"') && (text.split('"').length - 1) % 2 === 1;
