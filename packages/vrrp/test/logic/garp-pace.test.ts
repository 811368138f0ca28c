import { address, type IpAddress, seconds } from '@holdfast/kit';
import { expect, test } from 'vitest';
import {
  dropGarps,
  type GarpPace,
  nextGarp,
  noGarps,
  queueGarps,
  takeGarp,
} from '../../src/logic/garp-pace.ts';
import { at, t0 } from '../support/instance.ts';

const [a, b] = [address('10.0.0.8'), address('10.0.0.9')];
const interval = seconds(0.1);

/** What goes out, and when (in seconds), if somebody looks whenever something is due. */
function played(start: GarpPace): readonly (readonly [number, IpAddress])[] {
  const out: [number, IpAddress][] = [];
  let pace = start;
  for (let now = nextGarp(pace, t0); now !== undefined; now = nextGarp(pace, now)) {
    const taken = takeGarp(pace, interval, now);
    if (taken.address !== undefined) out.push([(now - t0) / 1e6, taken.address]);
    pace = taken.pace;
  }
  return out;
}

test('one after the other, in turn, each as often as asked', () => {
  expect(played(queueGarps(noGarps, [a, b], 2))).toEqual([
    [0, a],
    [0.1, b],
    [0.2, a],
    [0.3, b],
  ]);
});

test('the distance holds between two lists', () => {
  const sent = takeGarp(queueGarps(noGarps, [a], 1), interval, t0).pace;
  expect(played(queueGarps(sent, [b], 1))).toEqual([[0.1, b]]);
});

test('asking again starts the count anew and does not add up', () => {
  expect(played(queueGarps(queueGarps(noGarps, [a], 5), [a], 2))).toHaveLength(2);
});

test('what was given back is not announced', () => {
  expect(played(dropGarps(queueGarps(noGarps, [a, b], 2), new Set([a])))).toEqual([
    [0, b],
    [0.1, b],
  ]);
});

test('after a stall one goes out, not all that were due', () => {
  const waiting = takeGarp(queueGarps(noGarps, [a], 5), interval, t0).pace;
  const late = takeGarp(waiting, interval, at(10));
  expect(late.address).toBe(a);
  expect(nextGarp(late.pace, at(10))).toBe(at(10.1));
});
