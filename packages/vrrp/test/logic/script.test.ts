import type { VrrpScript } from '@holdfast/config';
import { seconds } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import type { ScriptOutcome } from '../../src/ipc.ts';
import {
  initialScript,
  isSameScript,
  type ScriptEvent,
  type ScriptState,
  type ScriptStep,
  scriptStep,
} from '../../src/logic/script.ts';
import { at, t0 } from '../support/instance.ts';

const script = (more: Partial<VrrpScript> = {}): VrrpScript => ({
  name: 'chk',
  command: { argv: ['/bin/check'], runAs: undefined },
  interval: seconds(1),
  timeout: seconds(1),
  weight: 0,
  weightReverse: false,
  rise: 2,
  fall: 3,
  initFail: false,
  ...more,
});
const ended = (status: number): ScriptEvent => ({ kind: 'finished', outcome: { kind: 'exited', status } });
const start: ScriptEvent = { kind: 'start', saved: undefined };

/** Runs with these exit statuses, the verdict after each. */
function verdicts(config: VrrpScript, statuses: readonly number[]): readonly string[] {
  let { state } = scriptStep(config, initialScript, start, t0);
  return statuses.map((status) => {
    state = scriptStep(config, state, ended(status), t0).state;
    return state.verdict;
  });
}
const doing = ({ effects }: ScriptStep) => effects.map((e) => (e.kind === 'log' ? e.record.text : e.kind));

describe('rise 2, fall 3', () => {
  test.each([
    ['the first result decides: good', false, [0], ['good']],
    ['the first result decides: bad', false, [1], ['bad']],
    ['three failures in a row', false, [0, 1, 1, 1], ['good', 'good', 'good', 'bad']],
    [
      'a success starts the count anew',
      false,
      [0, 1, 1, 0, 1, 1],
      ['good', 'good', 'good', 'good', 'good', 'good'],
    ],
    ['two successes in a row', false, [1, 0, 1, 0, 0], ['bad', 'bad', 'bad', 'bad', 'good']],
    ['init_fail: bad until it has risen', true, [0, 0], ['bad', 'good']],
  ] as const)('%s', (_row, initFail, statuses, expected) => {
    expect(verdicts(script({ initFail }), statuses)).toEqual(expected);
  });

  test('init_fail is bad before the first run, otherwise nothing is decided', () => {
    expect(scriptStep(script({ initFail: true }), initialScript, start, t0).state.verdict).toBe('bad');
    expect(scriptStep(script(), initialScript, start, t0).state.verdict).toBe('undecided');
  });

  test.each<readonly [ScriptOutcome, string]>([
    [{ kind: 'exited', status: 2 }, 'VRRP_Script(chk) failed (exited with status 2)'],
    [{ kind: 'timed-out' }, 'VRRP_Script(chk) failed (timed out)'],
    [{ kind: 'killed', signal: 'SIGSEGV' }, 'VRRP_Script(chk) failed (killed by signal SIGSEGV)'],
    [{ kind: 'not-started', reason: 'ENOENT' }, 'VRRP_Script(chk) failed (could not be started: ENOENT)'],
  ])('%o is a failure and says so', (outcome, sentence) => {
    const { state } = scriptStep(script(), initialScript, start, t0);
    expect(doing(scriptStep(script(), state, { kind: 'finished', outcome }, t0))).toContain(sentence);
  });

  test('another exit status is logged when it changes, the verdict when it turns', () => {
    let state: ScriptState = scriptStep(script(), initialScript, start, t0).state;
    const lines = [0, 0, 1, 1, 1, 0, 0].map((status) => {
      const step = scriptStep(script(), state, ended(status), t0);
      state = step.state;
      return doing(step);
    });
    expect(lines).toEqual([
      ['Script `chk` now returning 0', 'VRRP_Script(chk) succeeded'],
      [],
      ['Script `chk` now returning 1'],
      [],
      ['VRRP_Script(chk) failed (exited with status 1)'],
      ['Script `chk` now returning 0'],
      ['VRRP_Script(chk) succeeded'],
    ]);
  });
});

describe('pace', () => {
  const running = scriptStep(script(), initialScript, start, t0);

  test('it runs at once, and again one interval later however long it took', () => {
    expect(doing(running)).toEqual(['run-script']);
    expect(running.state.runAt).toBe(at(1));
    const idle = scriptStep(script(), running.state, ended(0), at(0.7)).state;
    expect(doing(scriptStep(script(), idle, { kind: 'deadline' }, at(1.01)))).toEqual(['run-script']);
    expect(scriptStep(script(), idle, { kind: 'deadline' }, at(1.01)).state.runAt).toBe(at(2));
  });

  test('a run that is still going is skipped', () => {
    const step = scriptStep(script(), running.state, { kind: 'deadline' }, at(1));
    expect(doing(step)).toEqual(['Script `chk` is still running: this run is skipped']);
    expect(step.state.runAt).toBe(at(2));
  });

  test('after a stall it runs once', () => {
    const idle = scriptStep(script(), running.state, ended(0), at(0.7)).state;
    expect(scriptStep(script(), idle, { kind: 'deadline' }, at(7)).state.runAt).toBe(at(8));
  });

  test('before its time nothing happens', () => {
    expect(scriptStep(script(), running.state, { kind: 'deadline' }, at(0.5)).state).toBe(running.state);
  });
});

describe('reload', () => {
  test.each([
    ['same', script(), true],
    ['another pace', script({ interval: seconds(9), rise: 9 }), true],
    ['another name', script({ name: 'other' }), false],
    ['another program', script({ command: { argv: ['/bin/other'], runAs: undefined } }), false],
    [
      'another user',
      script({ command: { argv: ['/bin/check'], runAs: { user: 'x', group: undefined } } }),
      false,
    ],
  ] as const)('%s: carried over %s', (_row, config, same) => {
    expect(isSameScript(script(), config)).toBe(same);
  });

  test('progress is clipped to the new thresholds, the next run comes within the new interval', () => {
    const slow = script({ interval: seconds(100), fall: 9 });
    let { state } = scriptStep(slow, initialScript, start, t0);
    for (const status of [0, 1, 1, 1, 1, 1]) state = scriptStep(slow, state, ended(status), t0).state;
    const step = scriptStep(script(), state, { kind: 'reload', previous: slow }, at(1));
    expect(step.state).toMatchObject({ verdict: 'good', streak: 2, runAt: at(2) });
    expect(doing(step)).toEqual(['VRRP_Script(chk) considered successful on reload']);
  });

  test('a successor starts with what its predecessor knew', () => {
    const saved = { name: 'chk', verdict: 'bad', streak: 1 } as const;
    const { state } = scriptStep(script(), initialScript, { kind: 'start', saved }, t0);
    expect(scriptStep(script(), state, ended(0), t0).state.verdict).toBe('good');
  });
});
