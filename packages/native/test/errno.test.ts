import { expect, test } from 'vitest';
import { errnoName } from '../src/index.ts';

test.each([
  [1, 'EPERM'],
  [11, 'EAGAIN'],
  [17, 'EEXIST'],
  [19, 'ENODEV'],
  [34, 'ERANGE'],
  [76, 'ENOTUNIQ'],
  [95, 'EOPNOTSUPP'],
  [97, 'EAFNOSUPPORT'],
  [99, 'EADDRNOTAVAIL'],
  [105, 'ENOBUFS'],
  [524, 'ENOTSUPP'],
  [999, 'errno 999'],
] as const)('errno %i is called %s', (number, name) => {
  expect(errnoName(number)).toBe(name);
});
