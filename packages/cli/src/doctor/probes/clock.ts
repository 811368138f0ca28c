import type { ClockFacts } from '../facts.ts';
import { outputOf } from './programs.ts';

/** The clock, and what systemd says of it. */
export function clock(): ClockFacts {
  const said = outputOf('timedatectl', ['show', '--property', 'NTPSynchronized', '--value'])?.trim();
  const isSynchronised = said === 'yes' ? true : said === 'no' ? false : undefined;
  return { now: Date.now(), isSynchronised };
}
