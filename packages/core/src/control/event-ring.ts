import type { LogLevel, LogLine, LogOutput, LogSource } from '../log/record.ts';
import type { Event } from './api/events.ts';

/** An event before it has its number. */
export interface News {
  readonly at: number;
  readonly source: LogSource;
  readonly level: LogLevel;
  readonly id: string;
  readonly text: string;
  readonly fields?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** The last events; the log fills it as if it were one of its outputs. */
export interface EventRing extends LogOutput {
  add(news: News): void;
  /** The first kept events with a greater sequence, at most so many. */
  after(sequence: number, most: number): readonly Event[];
  /** Sequence of the oldest event that is kept; one more than the last where there is none. */
  readonly oldest: number;
  /** Sequence of the last event; 0 before the first. */
  readonly latest: number;
  /** Calls back for each event from now on; the returned function ends that. */
  follow(each: (event: Event) => void): () => void;
}

/** Most are never asked for: they are put into words only then. */
interface Numbered {
  readonly news: News;
  readonly sequence: number;
}

/** @param capacity events kept */
export function eventRing(capacity = 2000): EventRing {
  const kept: Numbered[] = [];
  const followers = new Set<(event: Event) => void>();
  let last = 0;
  const oldest = (): number => last - Math.min(kept.length, capacity) + 1;
  const add = (news: News): void => {
    const numbered = { news, sequence: ++last };
    kept.push(numbered);
    // Cut in pieces: shifting an array of thousands at every event would cost more than the memory.
    if (kept.length >= capacity * 2) kept.splice(0, kept.length - capacity);
    for (const follower of followers) follower(eventOf(numbered));
  };
  return {
    add,
    write: ({ record, source, at }: LogLine) => add({ ...record, at, source }),
    name: 'events',
    dropped: () => 0,
    works: () => false,
    close: () => undefined,
    after(sequence, most) {
      // Sequences are counted without gaps, so the place is known.
      const from = kept.length - (last - Math.max(sequence, oldest() - 1));
      return kept.slice(from, from + most).map(eventOf);
    },
    get oldest() {
      return oldest();
    },
    get latest() {
      return last;
    },
    follow(each) {
      followers.add(each);
      return () => void followers.delete(each);
    },
  };
}

const eventOf = ({ news: { at, source, level, id, text, fields }, sequence }: Numbered): Event => ({
  sequence,
  at: new Date(at).toISOString(),
  source,
  level,
  id,
  text,
  fields: { ...fields },
});
