/** Keeps the oldest items up to a limit; what does not fit is dropped and counted. */
export interface BoundedQueue<T> {
  push(item: T): void;
  /** Hands the oldest items to `send` one after the other, until it says that one did not go out. */
  drain(send: (item: T) => boolean): void;
  /** Counts an item that was lost on the way. */
  lose(): void;
  readonly size: number;
  readonly dropped: number;
}

export function boundedQueue<T>(limit: number): BoundedQueue<T> {
  const items: T[] = [];
  let dropped = 0;
  return {
    push(item) {
      if (items.length < limit) items.push(item);
      else dropped++;
    },
    drain(send) {
      let sent = 0;
      for (const item of items) {
        if (!send(item)) break;
        sent++;
      }
      items.splice(0, sent);
    },
    lose: () => {
      dropped++;
    },
    get size() {
      return items.length;
    },
    get dropped() {
      return dropped;
    },
  };
}
