import type { Documented, KeywordFacts, Paint } from '@holdfast/config';

const repeats: Readonly<Record<KeywordFacts['repeat'], string>> = {
  'last-wins': 'the last one counts',
  'first-wins': 'the first one counts, others are reported',
  accumulates: 'each one counts',
};

/** A keyword at one place as text: its path, how it is written, what it means, and what holds of its values. */
export function explanation(facts: KeywordFacts, paint: Paint): string {
  const { path, keyword, arguments: given, meaning, block } = facts;
  const braces = block === undefined ? '' : ' { ... }';
  const rows: readonly (readonly [label: string, text: string | undefined])[] = [
    ['default', facts.default],
    ['range', facts.range],
    ['outside', facts.outside],
    ['repeated', repeats[facts.repeat]],
    ['alias of', facts.aliasOf],
    ['deprecated', facts.deprecated],
    ['acted on by', facts.owner],
    ['source', facts.source],
    ['state', facts.inEffect ? undefined : 'accepted and checked, not in effect yet'],
  ];
  return [
    paint.quiet(path),
    `  ${`${keyword} ${given}`.trimEnd()}${braces}`,
    `  ${meaning}`,
    ...rows
      .filter(([, text]) => text !== undefined)
      .map(([label, text]) => `  ${paint.quiet(`${label}:`)} ${text}`),
  ].join('\n');
}

/** A remark of `holdfast check`: what it says, why it matters, and what to do. */
export const remarkText = ({ code, severity, title, why, remedy }: Documented, paint: Paint): string =>
  [
    `${paint.severity(severity, `${severity}:`)} ${title} ${paint.quiet(`[${code}]`)}`,
    `  ${why}`,
    `  ${paint.quiet('remedy:')} ${remedy}`,
    `  ${paint.quiet('silenced by:')} # holdfast: ignore ${code}`,
  ].join('\n');
