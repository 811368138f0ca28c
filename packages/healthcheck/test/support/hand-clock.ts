import { type Micros, micros, plus } from '@holdfast/kit';
import type { After } from '../../src/checkers/types.ts';

/** Time that passes when a test says so. */
export interface HandClock {
  readonly after: After;
  /** Calls back what is due by then, in order. */
  pass(length: Micros): void;
  /** Callbacks that are waited for. */
  readonly pending: number;
}

export function handClock(): HandClock {
  let now = micros(0);
  const waiting = new Set<{ readonly at: Micros; readonly then: () => void }>();
  return {
    after(length, then) {
      const entry = { at: plus(now, length), then };
      waiting.add(entry);
      return () => void waiting.delete(entry);
    },
    pass(length) {
      now = plus(now, length);
      for (const entry of [...waiting].sort((a, b) => a.at - b.at)) {
        if (entry.at > now || !waiting.delete(entry)) continue;
        entry.then();
      }
    },
    get pending() {
      return waiting.size;
    },
  };
}
