/** RFC 1123 §2.1, and the underscore that names of compose projects have. A name of digits alone is a broken address. */
export const isHostName = (word: string): boolean =>
  word.length <= 253 &&
  /^[a-z0-9_][a-z0-9_-]{0,62}(?:\.[a-z0-9_][a-z0-9_-]{0,62})*\.?$/i.test(word) &&
  !/^[\d.]+$/.test(word);
