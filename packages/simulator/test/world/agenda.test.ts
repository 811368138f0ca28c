import { micros } from '@holdfast/kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agenda } from '../../src/world/agenda.ts';

test('things happen in the order of their times, and of their setting where the times are the same', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (times) => {
      const time = agenda(micros(0));
      const happened: (readonly [number, number])[] = [];
      times.forEach((at, order) => {
        time.at(micros(at), () => happened.push([time.now(), order]));
      });
      time.runUntil(micros(100), () => false);
      const expected = times
        .map((at, order) => [at, order] as const)
        .toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
      expect(happened).toEqual(expected);
      expect(time.now()).toBe(100);
    }),
  );
});

test('what is set while something happens still comes, and nothing comes before now', () => {
  const time = agenda(micros(10));
  const happened: number[] = [];
  time.at(micros(20), () => {
    time.at(micros(5), () => happened.push(time.now()));
    time.at(micros(30), () => happened.push(time.now()));
  });
  time.runUntil(micros(25), () => false);
  expect(happened).toEqual([20]);
  time.runUntil(micros(30), () => false);
  expect(happened).toEqual([20, 30]);
});

test('the clock stands still as soon as it is enough', () => {
  const time = agenda(micros(0));
  let seen = 0;
  for (const at of [1, 2, 3]) time.at(micros(at), () => seen++);
  time.runUntil(micros(10), () => seen === 2);
  expect([seen, time.now()]).toEqual([2, 2]);
});
