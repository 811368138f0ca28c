import { isBlank } from './blanks.ts';

/**
 * `@ID text` counts only with that config id, `@^ID text` only with another one. Lines for `holdfast` are ours whatever
 * the config id is, so `@holdfast` always counts and `@^holdfast` never does: one file serves a mixed pair.
 */
export function conditional(text: string, configId: string): string | undefined {
  const [whole, not, id] = /^[ \t-\r]*@(\^?)([^ \t-\r]*)/.exec(text) ?? [];
  if (whole === undefined || id === undefined) return text;
  const counts = (id === 'holdfast' || id === configId) === (not === '');
  const rest = text.slice(whole.length);
  // Blanks in its place keep the columns right; a second prefix is a word like any other.
  return counts && !isBlank(rest) ? ' '.repeat(whole.length) + rest : undefined;
}
