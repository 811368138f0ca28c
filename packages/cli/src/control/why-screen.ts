import type { Why } from '@holdfast/core/api';
import type { Colours } from './colours.ts';
import { ago, clockTime } from './time.ts';

/** Why an instance is what it is, as lines. @param now milliseconds since 1970 */
export function whyScreen(why: Why, { strong, quiet }: Colours, now: number): string {
  const lasting = why.since === null ? '' : ` for ${ago(why.since, now)}`;
  return [
    `${strong(why.instance)} is ${strong(why.state)}${lasting}${why.cause === null ? '' : `: ${why.cause.text}`}`,
    ...(why.transitions.length === 0 ? [] : ['', strong('how it came to that')]),
    ...why.transitions.map(
      ({ at, from, to, cause }) => `  ${quiet(clockTime(at, now))}  ${from} -> ${to}: ${cause.text}`,
    ),
    ...(why.outlook.length === 0 ? [] : ['', strong('what would change it now')]),
    ...why.outlook.map(({ to, when }) => `  ${to} ${when}`),
  ].join('\n');
}
