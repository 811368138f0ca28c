import type { Micros } from '@holdfast/kit';
import type { Argument } from '../keywords/row.ts';
import { secondsBetween } from './number.ts';
import { refused } from './reading.ts';

const interval = secondsBetween(0.000001, 4294.967295);

/** An interval between packets. Many files say 0, which keepalived complains about: no pacing is what it does anyway. */
export const pacing: Argument<Micros> = {
  ...interval,
  read: (statement) => {
    const [keyword, given] = statement.words;
    if (given === undefined || !/^0+(?:\.0*)?$/.test(given.text)) return interval.read(statement);
    return refused({
      code: 'no-pacing',
      severity: 'warning',
      message: `${keyword.text} 0 is not a possible value`,
      word: 1,
      used: 'no pacing, which is the default',
      remedy: 'remove the line',
      keepalived: 'reported',
    });
  },
};
