import type { Checker, RealServer } from '@holdfast/config';
import { later, type Micros, micros, plus } from '@holdfast/kit';
import type { CheckerState, CheckResult } from './types.ts';
import { urlSucceeded } from './url-order.ts';

/** What is worth a line in the log about one attempt. */
export type Remark =
  | { readonly kind: 'success' }
  /** `attempt`: 0 for the first, counted up to `retry`; `final`: this one counts. */
  | { readonly kind: 'failure'; readonly reason: string; readonly attempt: number; readonly final: boolean }
  | { readonly kind: 'local-error' | 'note'; readonly reason: string };

export interface CheckerOutcome {
  readonly checker: CheckerState;
  readonly remarks: readonly Remark[];
}

/**
 * One checker after one attempt: up or down, and when it tries again.
 * @param weight what is configured, from which a dynamic weight is an offset
 * @param now when the attempt ended
 */
export function checkerAfter(
  what: Checker,
  before: CheckerState,
  result: CheckResult,
  { weight }: Pick<RealServer, 'weight'>,
  now: Micros,
): CheckerOutcome {
  const last = { at: now, kind: result.kind, text: textOf(result) };
  const ended = { ...before, running: undefined, startedAt: undefined, last };
  const next = (delay: Micros): Micros => nextCheckAt(what, before, now, delay);
  const news = (kind: 'note' | 'local-error', reason: string | undefined): readonly Remark[] =>
    reason === undefined || reason === before.said ? [] : [{ kind, reason }];
  switch (result.kind) {
    case 'success': {
      const offset = result.weight === undefined ? 0 : result.weight - weight;
      const { checker, remarks } = succeeded(what, { ...ended, said: result.note }, offset, next);
      return { checker, remarks: [...news('note', result.note), ...remarks] };
    }
    case 'failure':
      return failed(what, { ...ended, said: undefined }, result.reason, next);
    default:
      return {
        checker: { ...ended, nextAt: next(what.pace.delayLoop), said: result.reason },
        remarks: news('local-error', result.reason),
      };
  }
}

const textOf = (result: CheckResult): string | undefined =>
  result.kind === 'success' ? result.note : result.reason;

/** A program is run every `delay_loop`, however long it takes; a connection rests that long between two attempts. */
function nextCheckAt(what: Checker, { startedAt }: CheckerState, now: Micros, delay: Micros): Micros {
  if (what.kind !== 'MISC_CHECK') return plus(now, delay);
  return later(plus(startedAt ?? now, delay), plus(now, micros(1)));
}

type Next = (delay: Micros) => Micros;

function succeeded(what: Checker, before: CheckerState, offset: number, next: Next): CheckerOutcome {
  const { checker, isComplete, delay } = urlSucceeded(what, before);
  const nextAt = next(delay);
  if (!isComplete) return { checker: { ...checker, failures: 0, nextAt }, remarks: [] };
  const isNews = !before.up || !before.hasRun;
  return {
    checker: { ...checker, up: true, hasRun: true, failures: 0, weightOffset: offset, nextAt },
    remarks: isNews ? [{ kind: 'success' }] : [],
  };
}

/** A failure counts once `retry` more attempts have failed; of one that is down already each counts. */
function failed(what: Checker, before: CheckerState, reason: string, next: Next): CheckerOutcome {
  const { retry, delayBeforeRetry, delayLoop, logAllFailures } = what.pace;
  // Before the first success one failure is enough: then nothing was tried again.
  const attempt = before.up && before.hasRun ? before.failures : 0;
  const remark: Remark = { kind: 'failure', reason, attempt, final: true };
  if (before.up && before.failures < retry) {
    const checker = { ...before, failures: before.failures + 1, nextAt: next(delayBeforeRetry) };
    return {
      checker,
      remarks: logAllFailures ? [{ ...remark, attempt: before.failures, final: false }] : [],
    };
  }
  const polling = 'urls' in what;
  const delay = polling ? later(delayBeforeRetry, delayLoop) : delayLoop;
  const isNews = before.up || !before.hasRun || logAllFailures;
  return {
    checker: { ...before, up: false, hasRun: true, polling, nextAt: next(delay) },
    remarks: isNews ? [remark] : [],
  };
}
