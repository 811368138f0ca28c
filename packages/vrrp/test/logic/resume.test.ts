import { centiseconds, micros, seconds } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { initialState, nextDeadline, step } from '../../src/logic/instance.ts';
import { resumeUntil, savedInstance } from '../../src/logic/saved.ts';
import type { SavedInstance } from '../../src/logic/types.ts';
import { around, at, calm, deeds, instance, play, sentences, t0 } from '../support/instance.ts';

const config = instance();
const version3 = instance({ version: 3 });
/** A master whose last advert went out at t0; its successor starts `after` seconds later. */
const successor = (after: number, saved: Partial<SavedInstance> = {}, own = config) => {
  const state = {
    ...initialState(own, calm, t0),
    lastAdvertAt: t0,
    phase: { kind: 'master', advertAt: at(1), garps: [], losses: [], contest: undefined },
  } as const;
  return step(
    own,
    initialState(own, calm, at(after)),
    { kind: 'start', saved: { ...savedInstance(own, state, []), ...saved } },
    at(after),
  );
};

describe('a master died half way to the time when a backup may take over', () => {
  test.each([
    // seconds since its last advert, phase of the successor, its next deadline
    [0.2, 'master', 1],
    [0.999, 'master', 1],
    [1.2, 'master', 1.2],
    [1.499999, 'master', 1.499999],
    [1.5, 'backup', 1.5 + 3.609375],
    [60, 'backup', 60 + 3.609375],
  ] as const)('%d s after its last advert the successor is %s', (after, phase, deadline) => {
    const { state } = successor(after);
    expect(state.phase.kind).toBe(phase);
    expect(nextDeadline(state)).toBe(at(deadline));
  });

  test('it adopts: adds what may be missing, removes nothing, tells nobody', () => {
    expect(deeds(successor(0.2))).toEqual(['add 10.0.0.9', 'announce 10.0.0.9 x5']);
  });

  test('too late: it takes the addresses away, says nothing on the wire and listens', () => {
    const outcome = successor(2);
    expect(deeds(outcome)).toEqual(['remove 10.0.0.9', 'notify BACKUP 100']);
    expect(sentences(outcome)[0]).toContain('too old to go on');
  });

  test('a backup, or one that never said anything, does not become master by it', () => {
    expect(successor(0.2, { phase: 'backup' }).state.phase.kind).toBe('backup');
    expect(successor(0.2, { lastAdvertAt: undefined }).state.phase.kind).toBe('backup');
  });

  test('a successor that starts with a fault withdraws', () => {
    const { state } = successor(0.2);
    const saved = savedInstance(config, state, []);
    const outcome = play(config, [
      [at(0.3), around({ faults: [{ kind: 'interface-down', interface: 'eth0' }] })],
      [at(0.3), { kind: 'start', saved }],
    ]);
    expect(deeds(outcome)).toEqual(['remove 10.0.0.9', 'notify FAULT 100']);
  });

  test('scripts that have not run yet do not stop it', () => {
    const saved = savedInstance(config, successor(0.2).state, []);
    const events = [
      [at(0.3), around({ undecided: true })],
      [at(0.3), { kind: 'start', saved }],
    ] as const;
    expect(play(config, events).state.phase.kind).toBe('master');
  });

  test('the successor of a v3 backup keeps the interval that was learnt, and tells nobody again', () => {
    const learnt = { phase: 'backup', masterAdvertInterval: centiseconds(500) } as const;
    const outcome = successor(0.2, learnt, version3);
    expect(deeds(outcome)).toEqual(['remove 10.0.0.9']);
    expect(outcome.state.masterAdvertInterval).toBe(centiseconds(500));
  });

  test.each([
    ['a v2 backup', { phase: 'backup' }, config],
    ['a master', { phase: 'master' }, version3],
  ] as const)('the successor of %s goes by the interval that the file says now', (_who, saved, own) => {
    const outcome = successor(9, { ...saved, masterAdvertInterval: centiseconds(500) }, own);
    expect(outcome.state.phase.kind).toBe('backup');
    expect(outcome.state.masterAdvertInterval).toBe(own.advertInterval);
  });
});

test.each([
  [1, 3, 1.5],
  [1, 5, 1.5],
  [1, 2, 1],
  [0.1, 3, 0.15],
])(
  'interval %d s and down_timer_adverts %i: master again until %d s after the last advert',
  (interval, downTimerAdverts, until) => {
    const own = instance({ advertInterval: seconds(interval), downTimerAdverts });
    const saved = savedInstance(own, { ...initialState(own, calm, t0), lastAdvertAt: micros(0) }, []);
    expect(resumeUntil(saved)).toBe(seconds(until));
  },
);

test('only the scripts it tracks are saved with an instance', () => {
  const tracking = instance({ trackScripts: [{ name: 'chk', weight: 0, reverse: false }] });
  const scripts = [
    { name: 'chk', verdict: 'good', streak: 0 },
    { name: 'other', verdict: 'bad', streak: 0 },
  ] as const;
  expect(savedInstance(tracking, initialState(tracking, calm, t0), scripts).scripts).toEqual([scripts[0]]);
});
