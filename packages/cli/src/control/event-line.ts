import type { Event } from '@holdfast/core/api';
import type { Colours } from './colours.ts';
import { clockTime } from './time.ts';

/** One event as a line. @param now milliseconds since 1970 */
export function eventLine({ at, source, level, text, id }: Event, colours: Colours, now: number): string {
  const time = `${clockTime(at, now)}.${at.slice(20, 23)}`;
  return `${colours.quiet(time)} ${colours.quiet(source.padEnd(11))} ${paint(level, id, colours)(text)}`;
}

function paint(level: Event['level'], id: string, { bad, odd, strong }: Colours): (text: string) => string {
  if (level === 'error' || level === 'alert') return bad;
  if (level === 'warning') return odd;
  return id === 'transition' || level === 'notice' ? strong : (text) => text;
}
