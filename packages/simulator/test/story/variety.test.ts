import { expect, test } from 'vitest';
import { generateStory } from '../../src/index.ts';

const stories = Array.from({ length: 200 }, (_, i) => generateStory(i + 1));
const configs = stories.flatMap(({ fleet }) => fleet.map(({ config }) => config));

test('the everyday seeds tell of every kind of mishap', () => {
  const kinds = new Set(stories.flatMap(({ acts }) => acts.map(({ kind }) => kind)));
  expect(kinds).toEqual(
    new Set([
      'cut',
      'delete-address',
      'garbage',
      'handover',
      'kill-all',
      'kill-worker',
      'link',
      'power-cut',
      'reload',
      'restart',
      'script',
      'source',
      'stall',
      'start',
      'stop',
      'weather',
    ]),
  );
});

test.each([
  ['version 2', configs.some((c) => c.version === 2)],
  ['version 3 faster than a second', configs.some((c) => c.version === 3 && c.advertInterval < 100_000)],
  ['unicast', configs.some((c) => c.unicastPeers.length > 0)],
  ['multicast', configs.some((c) => c.unicastPeers.length === 0)],
  ['an address owner', configs.some((c) => c.priority === 255)],
  ['the lowest priority', configs.some((c) => c.priority === 1)],
  ['nopreempt', configs.some((c) => c.nopreempt)],
  ['preempt_delay', configs.some((c) => c.preemptDelay > 0)],
  ['lower_prio_no_advert', configs.some((c) => c.lowerPriorityNoAdvert)],
  ['a tie', stories.some(({ fleet }) => new Set(fleet.map((r) => r.config.priority)).size < fleet.length)],
  [
    'intervals that differ',
    stories.some(({ fleet }) => new Set(fleet.map((r) => r.config.advertInterval)).size > 1),
  ],
  ['a pair', stories.some(({ fleet }) => fleet.length === 2)],
  ['a fleet of five or more', stories.some(({ fleet }) => fleet.length >= 5)],
  ['loss', stories.some(({ acts }) => acts.some((a) => a.kind === 'weather' && a.weather.loss > 0))],
  [
    'a reload of an unchanged file',
    stories.some(({ acts }) => acts.some((a) => a.kind === 'reload' && Object.keys(a.change).length === 0)),
  ],
])('the everyday seeds tell of %s', (_what, isTold) => {
  expect(isTold).toBe(true);
});

test('nothing happens any more when a story has gone quiet', () => {
  for (const { acts, quietAt, endsAt } of stories) {
    expect(Math.max(0, ...acts.map(({ at }) => at))).toBeLessThan(quietAt);
    expect(endsAt).toBeGreaterThan(quietAt);
  }
});
