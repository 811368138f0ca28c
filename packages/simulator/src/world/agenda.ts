import { later, type Micros } from '@holdfast/kit';

/** The virtual clock with what is still to happen on it. Things due at one moment happen in the order they were set. */
export interface Agenda {
  now(): Micros;
  /** @param at never before now; what is due in the past happens now */
  at(at: Micros, happen: () => void): void;
  /** Lets everything happen up to and including `end`, or until `enough` says so; the clock then stands at the last. */
  runUntil(end: Micros, enough: () => boolean): void;
}

interface Entry {
  readonly at: Micros;
  readonly order: number;
  readonly happen: () => void;
}

export function agenda(start: Micros): Agenda {
  const heap: Entry[] = [];
  let now = start;
  let order = 0;

  const push = (entry: Entry): void => {
    let index = heap.push(entry) - 1;
    for (;;) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || isBefore(above, entry)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  };
  const pop = (): Entry | undefined => {
    const [first, last] = [heap[0], heap.pop()];
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      const child = smallerChild(heap, index);
      const below = heap[child];
      if (below === undefined || isBefore(last, below)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = last;
    return first;
  };

  return {
    now: () => now,
    at(at, happen) {
      push({ at: later(at, now), order: order++, happen });
    },
    runUntil(end, enough) {
      for (let next = heap[0]; next !== undefined && next.at <= end && !enough(); next = heap[0]) {
        pop();
        now = next.at;
        next.happen();
      }
      if (!enough() && end > now) now = end;
    },
  };
}

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

function smallerChild(heap: readonly Entry[], index: number): number {
  const left = 2 * index + 1;
  const [a, b] = [heap[left], heap[left + 1]];
  return a !== undefined && b !== undefined && isBefore(b, a) ? left + 1 : left;
}
