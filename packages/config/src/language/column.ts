import type { Word } from './words.ts';

/**
 * Where a word stands in the physical line, from 0. After parameters were replaced offsets have moved: then the first
 * place where the word occurs counts, else the first ink of the line.
 */
export function columnOf(raw: string, word: Word): number {
  const shown = word.quoted ? `"${word.text}"` : word.text;
  if (raw.startsWith(shown, word.at)) return word.at;
  const found = raw.indexOf(word.text);
  return found >= 0 && word.text !== '' ? found : Math.max(0, raw.search(/\S/));
}

/** Blanks before the first word of a line; a tab counts to the next multiple of eight. */
export function indentation(raw: string): number {
  let width = 0;
  for (let at = 0; ; at++) {
    const character = raw[at];
    if (character === '\t') width += 8 - (width % 8);
    else if (character === ' ') width += 1;
    else return width;
  }
}
