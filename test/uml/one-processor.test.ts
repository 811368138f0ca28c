import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fewestGuests, onOneProcessor, processorsIn } from './one-processor.mjs';

test.each([
  ['0', [0]],
  ['0-3', [0, 1, 2, 3]],
  ['1,4-5,9', [1, 4, 5, 9]],
  ['', []],
  ['0xff', []],
])('the list %j of the kernel names the processors %j', (list, processors) => {
  expect(processorsIn(list)).toEqual(processors);
});

type Choice = [allowed: number[], taken: number[], turn: number, chosen: number | undefined, why: string];
test.each<Choice>([
  // allowed   taken      turn  chosen  why
  [[0, 1], [], 4, 0, 'any of those without a guest'],
  [[0, 1], [], 5, 1, 'another one for the next turn'],
  [[0, 1], [1], 5, 0, 'the one without a guest, whoever’s turn it is'],
  [[0, 1], [0, 1, 0], 4, 1, 'the one with the fewest guests where each has one'],
  [[2, 3], [0, 0, 1], 7, 3, 'only an allowed one'],
  [[6], [6, 6], 1, 6, 'the only one'],
  [[], [0], 1, undefined, 'none where none is allowed'],
])('of %j with guests on %j turn %i gets %o: %s', (allowed, taken, turn, chosen) => {
  expect(fewestGuests(allowed, taken, turn)).toBe(chosen);
});

test('a command that is kept on one processor runs there, and who started it may run everywhere', () => {
  const allowed = (): string | undefined => listIn(readFileSync('/proc/self/status', 'utf8'));
  const before = allowed();
  const [program = '', ...args] = onOneProcessor(['cat', '/proc/self/status']);
  expect(listIn(execFileSync(program, args, { encoding: 'utf8' }))).toMatch(/^\d+$/);
  expect(allowed()).toBe(before);
});

const listIn = (status: string): string | undefined => /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1];
