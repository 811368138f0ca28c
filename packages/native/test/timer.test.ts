import { expect, test } from 'vitest';
import { loadAddon } from '../src/index.ts';

const addon = loadAddon();

/** Arms `timer` relative to now and tells how late it fired; negative would be too early. */
const lateness = (delay: number): Promise<number> =>
  new Promise((resolve) => {
    const at = addon.monotonicMicros() + delay;
    const timer = new addon.Timer(() => {
      timer.close();
      resolve(addon.monotonicMicros() - at);
    });
    timer.arm(at);
  });

test.each([20_000, 0, -5_000_000])(
  'a timer %i microseconds ahead fires, and not before its time',
  async (delay) => {
    const late = await lateness(delay);
    expect(late).toBeGreaterThanOrEqual(0);
    // Not a measurement: only that the unit is right, even on a busy machine.
    expect(late - Math.max(0, -delay)).toBeLessThan(5_000_000);
  },
);

test('arming anew replaces the earlier time, and disarming takes it away', async () => {
  const fired: string[] = [];
  const first = new addon.Timer(() => fired.push('first'));
  const second = new addon.Timer(() => fired.push('second'));
  first.arm(addon.monotonicMicros() + 1000);
  second.arm(addon.monotonicMicros() + 1000);
  first.disarm();
  second.arm(addon.monotonicMicros() + 40_000);
  const before = addon.monotonicMicros();
  await lateness(20_000);
  if (addon.monotonicMicros() - before < 40_000) expect(fired).toEqual([]);
  await lateness(60_000);
  expect(fired).toEqual(['second']);
  first.close();
  second.close();
  expect(() => first.arm(1)).toThrow(/EBADF/);
});

test.each([0, -1])('a time of %i is in the past, and fires', async (at) => {
  await new Promise<void>((resolve) => {
    const timer = new addon.Timer(() => {
      timer.close();
      resolve();
    });
    timer.arm(at);
  });
});

test('the clock is that of the kernel: process.hrtime of the same moment', () => {
  const difference = addon.monotonicMicros() - Number(process.hrtime.bigint() / 1000n);
  expect(Math.abs(difference)).toBeLessThan(1e6);
});

test('a time that is no number of microseconds is refused', () => {
  const timer = new addon.Timer(() => undefined);
  expect(() => timer.arm(Number.NaN)).toThrow(RangeError);
  expect(() => timer.arm(Number.POSITIVE_INFINITY)).toThrow(RangeError);
  timer.close();
});
