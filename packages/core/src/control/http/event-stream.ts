import type { ServerResponse } from 'node:http';
import type { Event } from '../api/index.ts';
import type { EventRing } from '../event-ring.ts';

/** Which events are wanted. */
export interface Excerpt {
  /** Only those with a greater sequence. */
  readonly since: number;
  /** At most so many of those that are kept. */
  readonly last: number | undefined;
  /** Goes on until the client leaves. */
  readonly follow: boolean;
}

/** Events that go out in one write. */
const mostAtOnce = 64;
/** A client that was dropped may take its last line until then, in milliseconds. */
const farewellTime = 5000;

/**
 * Sends events as lines of JSON. Nothing is kept for a client: it reads from the ring at its own pace, and one that the
 * ring has overtaken is told so and dropped.
 */
export function streamEvents(
  response: ServerResponse,
  ring: EventRing,
  { since, last, follow }: Excerpt,
): void {
  let cursor = Math.max(since, ring.oldest - 1, last === undefined ? 0 : ring.latest - last);
  let waits = false;
  let ended = false;
  const end = (): void => {
    ended = true;
    unfollow();
    response.end();
  };
  const drop = (): void => {
    const text = `dropped: the events up to ${ring.oldest - 1} are no longer kept; ask again with since=${cursor} and read faster`;
    response.write(`${JSON.stringify(notice(cursor, text))}\n`);
    end();
    setTimeout(() => response.destroy(), farewellTime).unref();
  };
  const pump = (): void => {
    while (!waits && !ended) {
      const events = ring.after(cursor, mostAtOnce);
      const last = events.at(-1);
      if (last === undefined) {
        if (!follow) end();
        return;
      }
      cursor = last.sequence;
      waits = !response.write(Buffer.concat(events.map(lineOf)));
    }
  };
  const unfollow = follow
    ? ring.follow(() => {
        if (cursor + 1 < ring.oldest) drop();
        else pump();
      })
    : () => undefined;
  response.on('drain', () => {
    waits = false;
    pump();
  });
  response.on('close', () => {
    ended = true;
    unfollow();
  });
  response.flushHeaders();
  pump();
}

const lines = new WeakMap<Event, Buffer>();

/** Made once, however many clients read it. */
function lineOf(event: Event): Buffer {
  const known = lines.get(event);
  if (known !== undefined) return known;
  const line = Buffer.from(`${JSON.stringify(event)}\n`);
  lines.set(event, line);
  return line;
}

const notice = (sequence: number, text: string): Event => ({
  sequence,
  at: new Date().toISOString(),
  source: 'core',
  level: 'warning',
  id: 'events-lost',
  text,
  fields: {},
});
