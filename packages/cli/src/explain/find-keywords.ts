import type { KeywordFacts } from '@holdfast/config';

/**
 * The places of a keyword: of its whole path, of the end of one (`auth_hmac.key`), or of its name wherever it stands.
 */
export function findKeywords(facts: readonly KeywordFacts[], name: string): readonly KeywordFacts[] {
  const exact = facts.filter(({ path }) => path === name);
  if (exact.length > 0 && name.includes('.')) return exact;
  return facts.filter(({ path, keyword }) => keyword === name || path === name || path.endsWith(`.${name}`));
}
