import { expect, test } from 'vitest';
import { pidFileIn } from '../../src/restart/hurry.ts';

test.each([
  [[], '/run/keepalived.pid'],
  [['-n', '-f', '-p'], '/run/keepalived.pid'],
  [['-p', '/a'], '/a'],
  [['-p/a', '-n'], '/a'],
  [['--pid=/a'], '/a'],
  [['--pid', '/a'], '/a'],
  [['-p', '/a', '-p', '/b'], '/b'],
  [['--pids', '/a'], '/run/keepalived.pid'],
] as const)('of %j the pid file is %s', (words, path) => {
  expect(pidFileIn(words)).toBe(path);
});
