import { expect, test } from 'vitest';
import { watchdogInterval } from '../../src/system/service-manager.ts';

test.each([
  ['ten seconds', { WATCHDOG_USEC: '10000000' }, 3333],
  ['for this process', { WATCHDOG_USEC: '3000000', WATCHDOG_PID: '7' }, 1000],
  ['for another process', { WATCHDOG_USEC: '3000000', WATCHDOG_PID: '8' }, undefined],
  ['less than there is', { WATCHDOG_USEC: '1' }, 1],
  ['nothing', {}, undefined],
  ['no number', { WATCHDOG_USEC: 'often' }, undefined],
  ['zero', { WATCHDOG_USEC: '0' }, undefined],
])('a watchdog that allows %s is told every %s ms', (_, environment, interval) => {
  expect(watchdogInterval(environment, 7)).toBe(interval);
});
