/** Where a line of the configuration comes from: a physical line of a file. */
export interface Origin {
  readonly file: string;
  /** From 1; 0 for the file as a whole. */
  readonly line: number;
  /** The physical line, without its end. */
  readonly raw: string;
  /** What it was read as, where parameters or a sequence have made something else of it. */
  readonly expanded?: string;
}

/** A line after comments, conditions, parameters, sequences and includes; leading blanks are kept. */
export interface Line {
  readonly text: string;
  readonly origin: Origin;
  /** A double quote was left open at the end: the text from it on has been dropped. */
  readonly openQuote: boolean;
}

/** Bytes of the longest line that is read, without its end: longer ones are dropped (config(5) has a buffer of 1024). */
export const longestLine = 1022;

/** In bytes, as keepalived counts; a byte that is none of UTF-8 is one. */
export const bytesOf = (text: string): number => Buffer.byteLength(text.replaceAll('\ufffd', '?'));

/** Whether it is longer than that. A unit of UTF-16 is three bytes at most: nearly every line is short enough for certain. */
export const isTooLong = (text: string): boolean =>
  text.length * 3 > longestLine && bytesOf(text) > longestLine;
