import type { Micros } from './units.ts';

/**
 * An indexed binary heap: one deadline a key, the earliest found at once; setting and removing take O(log n).
 * Deadlines are data of pure states; the shell keeps this index of them and one timer.
 */
export interface DeadlineHeap<K> {
  /** Sets or moves the deadline of `key`; `undefined` removes it. */
  set(key: K, at: Micros | undefined): void;
  /** The earliest deadline, or `undefined` when there is none. */
  next(): Micros | undefined;
  /** Removes and returns the keys due at `now`, the earliest first. */
  takeDue(now: Micros): K[];
  readonly size: number;
}

export function deadlineHeap<K>(): DeadlineHeap<K> {
  const entries: { readonly key: K; readonly at: Micros }[] = [];
  const places = new Map<K, number>();

  const place = (index: number, entry: { readonly key: K; readonly at: Micros }): void => {
    entries[index] = entry;
    places.set(entry.key, index);
  };
  const settle = (start: number): void => {
    sinkDown(liftUp(start));
  };
  const liftUp = (start: number): number => {
    let index = start;
    for (;;) {
      const parent = (index - 1) >> 1;
      const [here, above] = [entries[index], entries[parent]];
      if (here === undefined || above === undefined || above.at <= here.at) return index;
      place(index, above);
      place(parent, here);
      index = parent;
    }
  };
  const sinkDown = (start: number): void => {
    let index = start;
    for (;;) {
      const left = 2 * index + 1;
      const child = (entries[left + 1]?.at ?? Infinity) < (entries[left]?.at ?? Infinity) ? left + 1 : left;
      const [here, below] = [entries[index], entries[child]];
      if (here === undefined || below === undefined || here.at <= below.at) return;
      place(index, below);
      place(child, here);
      index = child;
    }
  };
  const remove = (key: K): void => {
    const index = places.get(key);
    if (index === undefined) return;
    places.delete(key);
    const last = entries.pop();
    if (last === undefined || index === entries.length) return;
    place(index, last);
    settle(index);
  };

  return {
    set(key, at) {
      remove(key);
      if (at === undefined) return;
      place(entries.length, { key, at });
      settle(entries.length - 1);
    },
    next: () => entries[0]?.at,
    takeDue(now) {
      const due: K[] = [];
      for (let first = entries[0]; first !== undefined && first.at <= now; first = entries[0]) {
        due.push(first.key);
        remove(first.key);
      }
      return due;
    },
    get size() {
      return entries.length;
    },
  };
}
