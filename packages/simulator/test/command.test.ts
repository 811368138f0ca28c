import { expect, test } from 'vitest';
import { main } from '../src/index.ts';

function run(...args: string[]): { readonly status: number; readonly text: string } {
  const lines: string[] = [];
  const status = main(args, (line) => lines.push(line));
  return { status, text: lines.join('\n') };
}

test.each([
  [
    ['--seeds', '3', '--from', '40'],
    0,
    /^3 stories from seed 40 on: every rule held \(\d+ adverts, \d+ times a new master\)$/,
  ],
  [
    ['--seeds', '1', '--from', '7', '--story'],
    0,
    /^story of seed 7.*\nt=.*router B starts .*\nwhat happens:\n.*digest [0-9a-f]{16}/s,
  ],
  [['--help'], 0, /^usage: simulator/],
  [['--seed', '3'], 2, /^unknown option --seed\nusage:/],
  [['--seeds', 'many'], 2, /^--seeds takes a whole number, not 'many'\nusage:/],
  [['--from'], 2, /^--from takes a whole number, not ''\nusage:/],
])('simulator %o ends with %i', (args, status, text) => {
  const result = run(...args);
  expect(result.text).toMatch(text);
  expect(result.status).toBe(status);
});
