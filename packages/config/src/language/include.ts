import type { GlobMatch } from '../files/glob.ts';

/** How strictly an include is taken: what of it makes the whole configuration unusable. */
export interface IncludeChecks {
  /** A file that cannot be read, is a directory or is executable. */
  readonly read: boolean;
  /** A plain name that matches nothing. */
  readonly match: boolean;
  /** A pattern with wildcards that matches nothing. */
  readonly wildcardMatch: boolean;
  /** One alternative of a brace list that is missing. */
  readonly braceMatch: boolean;
}

export const noChecks: IncludeChecks = { read: false, match: false, wildcardMatch: false, braceMatch: false };
export const allChecks: IncludeChecks = { read: true, match: true, wildcardMatch: true, braceMatch: true };

/** The checks that each form of the statement brings with it, besides those switched on by `include_check`. */
const forms: Readonly<Record<string, IncludeChecks>> = {
  include: noChecks,
  includer: { ...noChecks, read: true },
  includem: { ...noChecks, read: true, match: true },
  includew: { ...noChecks, read: true, match: true, wildcardMatch: true },
  includeb: { ...noChecks, read: true, braceMatch: true },
  includea: allChecks,
};

export interface IncludeStatement {
  readonly pattern: string;
  readonly checks: IncludeChecks;
}

/** `include PATTERN` and its forms at the start of a line; the pattern is the rest of the line, without quotes. */
export function parseInclude(text: string, switchedOn: IncludeChecks): IncludeStatement | undefined {
  const [, form, pattern] = /^[ \t-\r]*(include[rmwba]?)[ \t-\r]+([^ \t-\r].*?)[ \t-\r]*$/.exec(text) ?? [];
  if (form === undefined || pattern === undefined) return undefined;
  const own = forms[form] ?? noChecks;
  // Only the plain form follows the switches; the others say themselves what they want.
  return { pattern, checks: form === 'include' ? switchedOn : own };
}

/**
 * What an include did not find, as far as it is worth telling, and whether that makes the configuration unusable. A name
 * that is missing in a list between braces counts as that only; a directory of drop-in files may be empty, so a wildcard
 * that matches nothing is silent unless asked for.
 */
export function missingMatches(
  pattern: string,
  matches: readonly GlobMatch[],
  checks: IncludeChecks,
): { readonly missing: readonly GlobMatch[]; readonly fatal: boolean } {
  const missing = matches.filter(({ paths }) => paths.length === 0);
  const names = missing.filter(({ hasWildcard }) => !hasWildcard);
  // keepalived takes a pattern for a list by its brace, closed or not.
  const isList = pattern.includes('{');
  if (names.length > 0) return { missing: names, fatal: isList ? checks.braceMatch : checks.match };
  const fatal = missing.length > 0 && missing.length === matches.length && checks.wildcardMatch;
  return { missing: fatal ? missing : [], fatal };
}

const names: Readonly<Record<string, keyof IncludeChecks>> = {
  read: 'read',
  match: 'match',
  wildcard_match: 'wildcardMatch',
  brace_match: 'braceMatch',
};

/** The words of `include_check`. */
export const checkNames: readonly string[] = Object.keys(names);

/** `include_check [+|-]WORD ...`: `+` adds, `-` removes, a word without a sign sets (and implies `read`); bare means all. */
export function applyIncludeCheck(words: readonly string[], current: IncludeChecks): IncludeChecks {
  if (words.length === 0) return allChecks;
  let checks = current;
  for (const [index, word] of words.entries()) {
    const sign = /^[+-]/.exec(word)?.[0] ?? '';
    const key = names[word.slice(sign.length)];
    if (key === undefined) continue;
    if (sign === '' && index > 0) continue;
    if (sign === '') checks = { ...noChecks, read: true, [key]: true };
    else checks = { ...checks, [key]: sign === '+' };
  }
  return checks;
}
