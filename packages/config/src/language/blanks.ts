/**
 * White space of the language is that of the C locale: space, tab, and the four that move the carriage. Other blanks of
 * Unicode (ideographic space, no-break space) are part of words, as they are for keepalived.
 */
export const isBlankCode = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

export function trimBlanks(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isBlankCode(text.charCodeAt(start))) start++;
  while (end > start && isBlankCode(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

export function isBlank(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!isBlankCode(text.charCodeAt(at))) return false;
  return true;
}
