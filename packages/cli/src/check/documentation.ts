import { remarks } from '../explain/explainable.ts';

const documented = new Set(remarks.map(({ code }) => code));

/** Where a lint is explained, from the root of the project; other diagnostics explain themselves. */
export const documentationOf = (code: string): string | undefined =>
  documented.has(code) ? `docs/diagnostics.md#${code}` : undefined;
