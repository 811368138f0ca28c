import { type Micros, micros, plus, seconds } from '@holdfast/kit';

/** Time that passes when a test says so. */
export interface HandClock {
  now(): Micros;
  /** Calls back once; the returned function cancels. */
  later(delay: Micros, run: () => void): () => void;
  /** Each timer fires at its own time. */
  pass(length: Micros): void;
  /** Time goes by without us: timers fire late, all at once. */
  stall(length: Micros): void;
}

export function handClock(): HandClock {
  let now = seconds(100);
  const timers = new Set<{ readonly at: Micros; readonly run: () => void }>();
  return {
    now: () => now,
    later(delay, run) {
      const timer = { at: plus(now, delay), run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    pass(length) {
      const until = plus(now, length);
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers.delete(next);
        now = micros(Math.max(now, next.at));
        next.run();
      }
      now = until;
    },
    stall(length) {
      now = plus(now, length);
    },
  };
}
