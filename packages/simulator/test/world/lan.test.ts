import { micros, millis, seconds } from '@holdfast/kit';
import { expect, test } from 'vitest';
import type { Weather } from '../../src/story/types.ts';
import { agenda } from '../../src/world/agenda.ts';
import { FAIR_WEATHER, lan } from '../../src/world/lan.ts';

const PACKETS = 1000;

/** Sends numbered packets a millisecond apart from A to B, and tells what arrives. */
function arrivals(weather: Weather, cut: readonly [string, string] | undefined, seed = 7): readonly number[] {
  const time = agenda(micros(0));
  const arrived: number[] = [];
  const wire = lan(seed, time, (_from, _to, packet) =>
    arrived.push(((packet[0] ?? 0) << 8) | (packet[1] ?? 0)),
  );
  wire.setWeather(weather);
  if (cut !== undefined) wire.cut(cut[0], cut[1], true);
  for (let n = 0; n < PACKETS; n++) {
    time.at(millis(n), () => {
      wire.send('A', 'B', Uint8Array.of(n >> 8, n & 0xff));
    });
  }
  time.runUntil(seconds(10), () => false);
  return arrived;
}

const inOrder = (numbers: readonly number[]): boolean =>
  numbers.every((n, i) => i === 0 || n >= (numbers[i - 1] ?? 0));

test.each([
  // weather, cut, at least, at most, in order
  [FAIR_WEATHER, undefined, 1000, 1000, true],
  [{ ...FAIR_WEATHER, loss: 1 }, undefined, 0, 0, true],
  [{ ...FAIR_WEATHER, loss: 0.2 }, undefined, 700, 900, true],
  [{ ...FAIR_WEATHER, duplication: 0.3 }, undefined, 1200, 1400, true],
  [{ ...FAIR_WEATHER, delayUpTo: millis(20) }, undefined, 1000, 1000, false],
  [FAIR_WEATHER, ['A', 'B'], 0, 0, true],
  [FAIR_WEATHER, ['B', 'A'], 1000, 1000, true],
] as const)(
  'in %o with %o cut, of 1000 packets %i to %i arrive, in order: %s',
  (weather, cut, least, most, ordered) => {
    const arrived = arrivals(weather, cut);
    expect(arrived.length).toBeGreaterThanOrEqual(least);
    expect(arrived.length).toBeLessThanOrEqual(most);
    expect(inOrder(arrived)).toBe(ordered);
  },
);

test("luck is the seed's", () => {
  const bad = { loss: 0.3, duplication: 0.3, delayUpTo: millis(20) };
  expect(arrivals(bad, undefined, 7)).toEqual(arrivals(bad, undefined, 7));
  expect(arrivals(bad, undefined, 8)).not.toEqual(arrivals(bad, undefined, 7));
});
