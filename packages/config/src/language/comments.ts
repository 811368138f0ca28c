/**
 * Cuts off a comment: `#` or `!` outside double quotes, also in the middle of a word. `\#` and `\!` are the characters
 * themselves; any other pair with a backslash stays as it is.
 */
export function stripComment(text: string): string {
  if (!/[#!]/.test(text)) return text;
  let kept = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    const next = text[i + 1] ?? '';
    if (character === '"') quoted = !quoted;
    if (!quoted && (character === '#' || character === '!')) return kept;
    if (!quoted && character === '\\' && (next === '#' || next === '!')) i++;
    kept += !quoted && character === '\\' && (next === '#' || next === '!') ? next : character;
  }
  return kept;
}
