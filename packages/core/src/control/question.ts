import type { Micros } from '@holdfast/kit';

export interface QuestionPorts {
  /** Puts the question to the worker. @returns false: nobody is there to answer */
  readonly ask: (query: number) => boolean;
  readonly later: (delay: Micros, run: () => void) => () => void;
  readonly now: () => Micros;
  /** So long an answer is waited for. */
  readonly patience: Micros;
  /** So long an answer serves whoever asks again: however many ask, the worker is not kept busy. */
  readonly freshness: Micros;
  /** So old an answer may be, where the worker takes its time over a new one: better than none. */
  readonly staleness: Micros;
}

/** A question to a worker, shared by all that ask it at the same time. */
export interface Question<T> {
  /** @returns undefined where no answer came in time */
  ask(): Promise<T | undefined>;
  answered(query: number, answer: T): void;
}

export function question<T>(ports: QuestionPorts): Question<T> {
  let query = 0;
  let known: { readonly answer: T; readonly at: Micros } | undefined;
  let pending:
    | { readonly promise: Promise<T | undefined>; readonly settle: (answer?: T) => void }
    | undefined;

  const youngerThan = (age: Micros): T | undefined =>
    known !== undefined && ports.now() - known.at < age ? known.answer : undefined;
  const put = (): Promise<T | undefined> => {
    query++;
    if (!ports.ask(query)) return Promise.resolve(undefined);
    const { promise, resolve } = withResolver<T | undefined>();
    const settle = (answer?: T): void => {
      pending = undefined;
      cancel();
      resolve(answer);
    };
    pending = { promise, settle };
    const cancel = ports.later(ports.patience, () => settle(youngerThan(ports.staleness)));
    return promise;
  };
  return {
    ask() {
      const fresh = youngerThan(ports.freshness);
      return fresh === undefined ? (pending?.promise ?? put()) : Promise.resolve(fresh);
    },
    answered(number, answer) {
      if (number !== query) return;
      known = { answer, at: ports.now() };
      pending?.settle(answer);
    },
  };
}

/** Promise.withResolvers, which Node 20 lacks. */
function withResolver<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
