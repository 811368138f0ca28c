import type { ScriptOutcome } from '@holdfast/healthcheck';
import { seconds } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { checkScripts } from '../../src/daemon/check-scripts.ts';

const fact = (run: number) =>
  ({ kind: 'run-script', run, command: { argv: ['/x'], runAs: undefined }, timeout: seconds(1) }) as const;

function fakeRunner() {
  const runs: { end: (outcome: ScriptOutcome) => void; ended: boolean }[] = [];
  const scripts = checkScripts({
    track: (_fact, onFinished) => {
      const run = { end: onFinished, ended: false };
      runs.push(run);
      return () => {
        run.ended = true;
      };
    },
  });
  return { runs, scripts, ended: () => runs.map(({ ended }) => ended) };
}

test('only the program that is not wanted any more is ended, and its outcome is told all the same', () => {
  const { runs, scripts, ended } = fakeRunner();
  const outcomes: string[] = [];
  for (const run of [1, 2]) scripts.run(50, fact(run), ({ kind }) => void outcomes.push(`${run} ${kind}`));
  scripts.run(51, fact(1), () => undefined);
  scripts.cancel(50, 1);
  expect(ended()).toEqual([true, false, false]);
  runs[0]?.end({ kind: 'killed', signal: 'SIGTERM' });
  expect(outcomes).toEqual(['1 killed']);
});

test('all that a dead worker asked for is ended, but not what has ended already', () => {
  const { runs, scripts, ended } = fakeRunner();
  for (const run of [1, 2]) scripts.run(50, fact(run), () => undefined);
  scripts.run(51, fact(1), () => undefined);
  runs[0]?.end({ kind: 'exited', status: 0 });
  scripts.cancelAll(50);
  expect(ended()).toEqual([false, true, false]);
});
