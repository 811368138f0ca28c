import { centiseconds, seconds, toSeconds } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { masterDownInterval, skewTime } from '../../src/logic/timers.ts';

// V-PA-02, V-PA-03: worked by hand from RFC 3768 §6.1 and RFC 9568 §6.1, cut to whole microseconds.
test.each([
  // version, interval, priority, skew s, master down interval s
  [2, seconds(1), 1, 0.996093, 3.996093],
  [2, seconds(1), 100, 0.609375, 3.609375],
  [2, seconds(1), 150, 0.414062, 3.414062],
  [2, seconds(1), 254, 0.007812, 3.007812],
  [2, seconds(1), 255, 0.003906, 3.003906],
  [2, seconds(5), 100, 0.609375, 15.609375],
  [3, centiseconds(100), 100, 0.609375, 3.609375],
  [3, centiseconds(100), 150, 0.414062, 3.414062],
  [3, centiseconds(100), 254, 0.007812, 3.007812],
  [3, centiseconds(30), 100, 0.182812, 1.082812],
  [3, centiseconds(10), 100, 0.060937, 0.360937],
  [3, centiseconds(1), 100, 0.006093, 0.036093],
  [3, centiseconds(500), 100, 3.046875, 18.046875],
  [3, centiseconds(4095), 1, 40.790039, 163.640039],
] as const)(
  'VRRPv%i, interval %i us, priority %i: skew %d s, down %d s',
  (version, interval, priority, skew, down) => {
    const config = { version, priority: 100, downTimerAdverts: 3 };
    expect(toSeconds(skewTime(config, priority, interval))).toBe(skew);
    expect(toSeconds(masterDownInterval(config, priority, interval))).toBe(down);
  },
);

test('an address owner has the skew of 255 even while it counts as 254', () => {
  const owner = { version: 2, priority: 255, downTimerAdverts: 3 } as const;
  expect(skewTime(owner, 254, seconds(1))).toBe(3906);
});

test('down_timer_adverts stands for the factor 3', () => {
  const patient = { version: 2, priority: 100, downTimerAdverts: 5 } as const;
  expect(toSeconds(masterDownInterval(patient, 100, seconds(1)))).toBe(5.609375);
});
