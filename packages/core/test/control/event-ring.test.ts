import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { event } from '../../src/control/api/index.ts';
import { eventRing } from '../../src/control/event-ring.ts';

const news = (n: number) =>
  ({ at: 1000 * n, source: 'core', level: 'info', id: 'x', text: `event ${n}` }) as const;

test('what follows is told, what has passed is kept, both as the API says', () => {
  const ring = eventRing(10);
  const seen: number[] = [];
  ring.add(news(1));
  const unfollow = ring.follow(({ sequence }) => void seen.push(sequence));
  ring.add(news(2));
  unfollow();
  ring.write({ record: { ...news(3), fields: { a: 1 } }, source: 'vrrp', pid: 1, at: 3000, json: () => '' });
  expect(seen).toEqual([2]);
  expect(ring.after(0, 10).map(({ text }) => text)).toEqual(['event 1', 'event 2', 'event 3']);
  for (const one of ring.after(0, 10)) expect(event.parse(one)).toEqual(one);
  expect(ring.after(2, 10)).toMatchObject([
    { source: 'vrrp', fields: { a: 1 }, at: '1970-01-01T00:00:03.000Z' },
  ]);
});

test('whatever was added and asked for: the kept ones after it, in order, without a gap', async () => {
  const numbers = fc.tuple(
    fc.integer({ min: 1, max: 7 }),
    fc.nat(40),
    fc.nat(50),
    fc.integer({ min: 1, max: 9 }),
  );
  await fc.assert(
    fc.property(numbers, ([capacity, added, since, most]) => {
      const ring = eventRing(capacity);
      for (let n = 1; n <= added; n++) ring.add(news(n));
      const kept = Array.from({ length: added }, (_, n) => n + 1).slice(-capacity);
      const expected = kept.filter((n) => n > since).slice(0, most);
      expect(ring.after(since, most).map(({ sequence }) => sequence)).toEqual(expected);
      expect(ring.oldest).toBe(kept[0] ?? 1);
      expect(ring.latest).toBe(added);
    }),
  );
});

test('as an output of the log it is no destination: somebody else has to keep the log', () => {
  expect(eventRing().works()).toBe(false);
});
