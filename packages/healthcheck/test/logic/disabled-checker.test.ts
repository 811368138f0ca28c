import type { Checker } from '@holdfast/config';
import { expect, test } from 'vitest';
import { nextDeadline, savedPool } from '../../src/index.ts';
import { drive } from './driver.ts';
import { miscCheck, realServer, tcpCheck, virtualServer } from './virtual-servers.ts';

const disabled = (checker: Checker): Checker =>
  checker.kind === 'MISC_CHECK' ? { ...checker, disabled: true } : checker;
const program = miscCheck({ alpha: true });
const good = { kind: 'success' } as const;
const pool = (checkers: readonly Checker[]) => virtualServer({ realServers: [realServer(1, { checkers })] });

test('an alpha server whose program cannot run is never in the pool, and nothing is ever due', () => {
  const config = pool([disabled(program)]);
  const health = drive(config);
  expect(health.table()).toEqual([]);
  expect(nextDeadline(health.state)).toBeUndefined();
  health.reloads(config);
  expect(nextDeadline(health.state)).toBeUndefined();
  const successor = drive(config, savedPool(config, health.state));
  expect([successor.table(), nextDeadline(successor.state)]).toEqual([[], undefined]);
});

test('the checker beside it runs, but is not enough', () => {
  const health = drive(pool([tcpCheck(), disabled(program)]));
  const [due] = health.state.servers[0]?.checkers ?? [];
  health.now = due?.nextAt ?? health.now;
  health.happens({ kind: 'deadline' });
  health.happens({ kind: 'finished', run: 1, result: good });
  expect(health.table()).toEqual([]);
});

test('a reload with a program that can run gives the server its chance', () => {
  const health = drive(pool([disabled(program)]));
  health.reloads(pool([program]));
  health.checked(0, good);
  expect(health.table()).toEqual(['10.9.1.1:80 w1']);
});
