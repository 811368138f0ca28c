import { type Documented, keywordFacts, lintCatalogue } from '@holdfast/config';
import { pairCatalogue } from '../pair/catalogue.ts';

/** The remarks of `holdfast check` that have a section of their own in docs/diagnostics.md. */
export const remarks: readonly Documented[] = [...lintCatalogue, ...pairCatalogue];

/** Every name that `holdfast explain` knows: keywords, and codes of remarks. */
export const explainable = (): readonly string[] => [
  ...new Set([...keywordFacts().map(({ keyword }) => keyword), ...remarks.map(({ code }) => code)]),
];
