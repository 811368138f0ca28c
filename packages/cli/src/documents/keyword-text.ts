import type { KeywordFacts } from '@holdfast/config';

/** A keyword as it is written: with its arguments, and braces where a block follows. */
export const writtenAs = ({ keyword, arguments: given, block }: KeywordFacts): string =>
  `${`${keyword} ${given}`.trimEnd()}${block === undefined ? '' : ' { ... }'}`;

/** What holds of its values, one sentence each; what goes without saying is left out. */
export const whatHolds = (facts: KeywordFacts): readonly string[] =>
  [
    line('Default: ', facts.default),
    line('Range: ', facts.range),
    line('Outside of it: ', facts.outside),
    line('Another spelling of ', facts.aliasOf),
    line('Deprecated: ', facts.deprecated),
    facts.repeat === 'accumulates' ? 'Each use counts.' : undefined,
    facts.repeat === 'first-wins' ? 'The first use counts.' : undefined,
    facts.inEffect ? undefined : 'Accepted and checked, not in effect yet.',
  ].filter((text) => text !== undefined);

const line = (label: string, text: string | undefined): string | undefined =>
  text === undefined ? undefined : `${label}${text}.`.replace(/\.\.$/, '.');
