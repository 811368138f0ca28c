import { address, type Micros, micros, millis, seconds } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { type Act, type RouterPlan, runStory, type Story } from '../../src/index.ts';
import { settlingTime } from '../../src/story/generate.ts';
import { type RouterChoice, routerConfig, virtualAddress } from '../../src/story/router-config.ts';

const router = (name: string, host: number, choice: Partial<RouterChoice>): RouterPlan => ({
  name,
  source: address(`10.0.0.${host}`),
  startsAt: micros(0),
  config: routerConfig({
    version: 3,
    priority: 100,
    advertInterval: millis(100),
    nopreempt: false,
    preemptDelay: micros(0),
    virtualAddresses: [virtualAddress(0)],
    lowerPriorityNoAdvert: false,
    peers: [],
    loadWeight: 5,
    ...choice,
  }),
});

const story = (fleet: readonly RouterPlan[], acts: readonly Act[], quietAt: Micros): Story => ({
  seed: 1,
  fleet,
  acts,
  quietAt,
  endsAt: micros(quietAt + settlingTime(fleet, acts)),
});

/** The shortest forms of stories that once broke a rule. */
test.each<readonly [string, Story]>([
  [
    'a backup that heard only lower priorities has learnt no interval, and reloads to its new own one',
    story(
      [router('A', 1, { priority: 150 }), router('B', 2, { priority: 211, advertInterval: millis(300) })],
      [{ at: millis(929), kind: 'reload', router: 'B', change: { advertInterval: millis(200) } }],
      seconds(2),
    ),
  ],
  [
    'version 2: the successor of a dead worker goes by the interval that the file has got meanwhile',
    story(
      [
        router('A', 3, { version: 2, priority: 200, advertInterval: seconds(2), preemptDelay: seconds(10) }),
        router('C', 2, { version: 2, priority: 150, advertInterval: seconds(2) }),
      ],
      [
        { at: seconds(20), kind: 'kill-worker', router: 'A', back: seconds(4.7) },
        { at: seconds(20.7), kind: 'reload', router: 'A', change: { advertInterval: seconds(4) } },
        { at: seconds(21.1), kind: 'reload', router: 'C', change: { advertInterval: seconds(4) } },
      ],
      seconds(30),
    ),
  ],
  [
    'a worker that died while it waited for its scripts had learnt no interval',
    story(
      [router('A', 2, { priority: 254, advertInterval: seconds(1) })],
      [
        { at: seconds(20), kind: 'stop', router: 'A' },
        { at: seconds(20.1), kind: 'script', router: 'A', script: 'service', verdict: 'undecided' },
        { at: seconds(20.2), kind: 'start', router: 'A' },
        { at: seconds(20.7), kind: 'kill-worker', router: 'A', back: millis(300) },
        { at: seconds(20.9), kind: 'reload', router: 'A', change: { advertInterval: seconds(2) } },
        { at: seconds(22.6), kind: 'script', router: 'A', script: 'service', verdict: 'good' },
      ],
      seconds(23),
    ),
  ],
])('%s', (_sentence, told) => {
  expect(runStory(told).violation).toBeUndefined();
});
