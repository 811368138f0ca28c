import { type Micros, micros, millis, plus } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { question } from '../../src/control/question.ts';

/** A worker that can be asked, with a clock that stands still. */
function worker(isThere = true) {
  let now: Micros = micros(1_000_000);
  const asked: number[] = [];
  const timers = new Set<() => void>();
  const ask = question<string>({
    ask: (query) => {
      asked.push(query);
      return isThere;
    },
    now: () => now,
    later: (_, run) => {
      timers.add(run);
      return () => void timers.delete(run);
    },
    patience: millis(250),
    freshness: millis(500),
    staleness: millis(5000),
  });
  return {
    ...ask,
    asked,
    timers,
    passes: (length: Micros) => {
      now = plus(now, length);
    },
    loses: () => {
      for (const run of [...timers]) run();
    },
  };
}

test('however many ask at the same time, it is asked once, and all hear the answer', async () => {
  const one = worker();
  const answers = [one.ask(), one.ask(), one.ask()];
  expect(one.asked).toEqual([1]);
  one.answered(1, 'so it is');
  expect(await Promise.all(answers)).toEqual(['so it is', 'so it is', 'so it is']);
  expect(one.timers.size).toBe(0);
});

test.each([
  [499, [1]],
  [500, [1, 2]],
])('%i ms later the questions asked are %j', async (after, asked) => {
  const one = worker();
  const first = one.ask();
  one.answered(1, 'yes');
  await first;
  one.passes(millis(after));
  void one.ask();
  expect(one.asked).toEqual(asked);
});

test('no answer in time is an answer too, and the next question is a new one', async () => {
  const one = worker();
  const first = one.ask();
  one.loses();
  expect(await first).toBeUndefined();
  const second = one.ask();
  one.answered(1, 'of the first question');
  one.answered(2, 'of the second');
  expect(await second).toBe('of the second');
});

test.each([
  [4999, 'the one before'],
  [5000, undefined],
])('a worker that is slow: %i ms old, %s is better than nothing', async (age, expected) => {
  const one = worker();
  const first = one.ask();
  one.answered(1, 'the one before');
  await first;
  one.passes(millis(age));
  const second = one.ask();
  one.loses();
  expect(await second).toBe(expected);
});

test('an answer that comes late serves the next one who asks', async () => {
  const one = worker();
  const first = one.ask();
  one.loses();
  expect(await first).toBeUndefined();
  one.answered(1, 'late');
  expect(await one.ask()).toBe('late');
  expect(one.asked).toEqual([1]);
});

test('nobody is there: it is not waited for', async () => {
  const one = worker(false);
  expect(await one.ask()).toBeUndefined();
  expect(one.timers.size).toBe(0);
});
