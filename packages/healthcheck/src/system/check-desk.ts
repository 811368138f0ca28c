import type { Done, RunningCheck } from '../checkers/types.ts';

/** The checks under way: never more than a given number at once, the others wait in the order they came. */
export interface CheckDesk {
  /** @param start is called at once or when there is room @param done is told unless the check is cancelled */
  begin(id: string, start: (done: Done) => RunningCheck, done: Done): void;
  /** Ends a check without a result; one that is not under way is no fault. */
  cancel(id: string): void;
  cancelAll(): void;
  /** Another number at once; those that are under way go on. */
  limit(mostInFlight: number): void;
  readonly inFlight: number;
  readonly waiting: number;
}

interface Order {
  readonly start: (done: Done) => RunningCheck;
  readonly done: Done;
}

export function checkDesk(mostInFlight: number): CheckDesk {
  let most = mostInFlight;
  const running = new Map<string, RunningCheck>();
  const waiting = new Map<string, Order>();

  const launch = (id: string, { start, done }: Order): void => {
    const check = start((result) => {
      // A check that was begun again under the same name is another one.
      if (running.get(id) !== check) return;
      running.delete(id);
      fill();
      done(result);
    });
    running.set(id, check);
  };
  const fill = (): void => {
    for (const [id, order] of waiting) {
      if (running.size >= most) return;
      waiting.delete(id);
      launch(id, order);
    }
  };
  const cancel = (id: string): void => {
    waiting.delete(id);
    running.get(id)?.cancel();
    running.delete(id);
  };
  return {
    begin(id, start, done) {
      cancel(id);
      waiting.set(id, { start, done });
      fill();
    },
    cancel(id) {
      cancel(id);
      fill();
    },
    cancelAll() {
      waiting.clear();
      for (const check of running.values()) check.cancel();
      running.clear();
    },
    limit(number) {
      most = number;
      fill();
    },
    get inFlight() {
      return running.size;
    },
    get waiting() {
      return waiting.size;
    },
  };
}
