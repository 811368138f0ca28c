import type { Checker } from '@holdfast/config';
import { type Micros, micros } from '@holdfast/kit';
import type { CheckerState } from './types.ts';

export interface UrlOutcome {
  /** The checker with the url that comes next. */
  readonly checker: CheckerState;
  /** Nothing more has to succeed until the checker has succeeded. */
  readonly isComplete: boolean;
  /** From now until the next attempt. */
  readonly delay: Micros;
}

/**
 * HTTP_GET and SSL_GET look at one url an interval. What has failed is polled alone; when it answers, all urls are
 * looked at again from the first, and only then the checker is up; a single url, too, has to answer twice. While that
 * lasts, and in the first pass, `fast_recovery` leaves no time between urls.
 */
export function urlSucceeded(what: Checker, checker: CheckerState): UrlOutcome {
  const { delayLoop } = what.pace;
  const count = 'urls' in what ? what.urls.length : 1;
  const isSettled = checker.up && checker.hasRun;
  const isFast = 'urls' in what && what.fastRecovery && !isSettled;
  const next = checker.polling ? 0 : checker.url + 1;
  const isComplete = next >= count;
  return {
    checker: { ...checker, url: isComplete ? 0 : next, polling: false },
    isComplete,
    delay: isFast && !isComplete ? micros(0) : delayLoop,
  };
}
