import { toMillis } from '@holdfast/kit';
import type { After } from '../checkers/types.ts';

/** Rounds of the loop: one that connects, one that reads, one that hears the end. */
const rounds = 3;

/**
 * Real time for checks. When the time is over, what has arrived by then is read first: a process that was held up (a
 * busy machine, a long reload) would otherwise take every check under way for one without an answer.
 */
export const patientAfter: After = (length, then) => {
  let round: NodeJS.Immediate | undefined;
  // libuv looks at its timers before it looks at its sockets, and calls setImmediate back after both.
  const again = (left: number): void => {
    if (left === 0) then();
    else round = setImmediate(() => again(left - 1));
  };
  const timer = setTimeout(() => again(rounds), toMillis(length));
  return () => {
    clearTimeout(timer);
    clearImmediate(round);
  };
};
