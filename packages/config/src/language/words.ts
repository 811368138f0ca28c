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
 */
export function splitWords(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(piece)) {
    if (match[0] === '"') break;
    const quoted = match[1] !== undefined;
    words.push({ text: match[1] ?? match[0], at: match.index, quoted });
  }
  return words;
}

/** Whether a double quote is left open. */
export const hasUnterminatedQuote = (text: string): boolean => (text.split('"').length - 1) % 2 === 1;
