import { address, plus, seconds } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { initialState, nextDeadline, step } from '../../src/logic/instance.ts';
import { effectivePriority } from '../../src/logic/priority.ts';
import { savedInstance } from '../../src/logic/saved.ts';
import type { InstanceEvent, InstanceState } from '../../src/logic/types.ts';
import {
  around,
  at,
  backup,
  calm,
  deeds,
  heard,
  instance,
  master,
  play,
  sentences,
  t0,
} from '../support/instance.ts';

const over: InstanceEvent = { kind: 'handover', on: true };
const back: InstanceEvent = { kind: 'handover', on: false };
const config = instance();
const owner = instance({ priority: 255 });
const later = (since: number, after: number) => at((since - t0) / 1e6 + after);

/** A master that has just been handed over, and when. */
function handedOver(own = config) {
  const { state, since } = master(own);
  const now = plus(since, seconds(0.5));
  return { outcome: step(own, state, over, now), now };
}

describe('a master that is handed over', () => {
  test('says goodbye, gives its addresses back and listens with priority 1', () => {
    const { outcome, now } = handedOver();
    expect(deeds(outcome)).toEqual(['advert 0', 'remove 10.0.0.9', 'notify BACKUP 1']);
    expect(effectivePriority(config, outcome.state)).toBe(1);
    // Version 2: 3 s and a skew of 255/256 s: any other backup is quicker.
    expect(nextDeadline(outcome.state)).toBe(later(now, 3.996093));
  });

  test.each([
    ['version 2', instance(), 3.996093],
    ['version 3', instance({ version: 3 }), 3.996093],
    ['an address owner, who otherwise has no skew', owner, 3.996093],
  ])('%s waits longer than any other router would', (_, own, wait) => {
    const { outcome, now } = handedOver(own);
    expect(nextDeadline(outcome.state)).toBe(later(now, wait));
  });

  test('serves again where no other router answers, and says so', () => {
    const { outcome } = handedOver();
    const due = nextDeadline(outcome.state) ?? t0;
    const again = step(config, outcome.state, { kind: 'deadline' }, due);
    expect(deeds(again).slice(0, 2)).toEqual(['advert 1', 'add 10.0.0.9']);
    expect(sentences(again).join()).toContain('no other router answers: it serves again, with priority 1');
  });

  test.each([
    [2, 'backup'],
    [100, 'backup'],
    [1, 'master'],
  ])('serving against its will it hears priority %i and is %s', (priority, phase) => {
    const { outcome } = handedOver();
    const due = nextDeadline(outcome.state) ?? t0;
    const serving = step(config, outcome.state, { kind: 'deadline' }, due).state;
    // The lower address: equal priorities are no reason to yield.
    const advert = heard(priority, { source: address('10.0.0.1') });
    expect(step(config, serving, advert, plus(due, seconds(0.1))).state.phase.kind).toBe(phase);
  });
});

describe('while it is handed over a backup', () => {
  const { outcome, now } = handedOver();

  test('follows any other master, whatever its own priority', () => {
    const events = Array.from({ length: 20 }, (_, n) => [plus(now, seconds(1 + n)), heard(1)] as const);
    const { state } = play(config, events, outcome.state);
    expect(state.phase.kind).toBe('backup');
    expect(nextDeadline(state)).toBe(later(now, 20 + 3.996093));
  });

  test('keeps it through a fault', () => {
    const faults = [{ kind: 'interface-down', interface: 'eth0' }] as const;
    const down = step(config, outcome.state, around({ faults }), plus(now, seconds(1)));
    const up = step(config, down.state, around({}), plus(now, seconds(2)));
    expect(up.state).toMatchObject({ handedOver: true, phase: { kind: 'backup' } });
  });

  test('keeps it through a reload', () => {
    const reload: InstanceEvent = { kind: 'reload', previous: config };
    const other = instance({ priority: 200 });
    const { state } = step(other, outcome.state, reload, plus(now, seconds(1)));
    expect(effectivePriority(other, state)).toBe(1);
  });
});

describe('taken back', () => {
  test('a backup preempts as its configuration says: the running timer moves by the difference', () => {
    const { outcome, now } = handedOver();
    const followed = step(config, outcome.state, heard(50), plus(now, seconds(1))).state;
    const returned = step(config, followed, back, plus(now, seconds(1.5)));
    expect(returned.state.handedOver).toBe(false);
    expect(nextDeadline(returned.state)).toBe(later(now, 1 + 3.609375));
    const ignored = step(config, returned.state, heard(50), plus(now, seconds(2)));
    expect(nextDeadline(ignored.state), 'a lower priority does not restart the timer').toBe(
      later(now, 1 + 3.609375),
    );
  });

  test('with nopreempt it stays backup, and says so', () => {
    const own = instance({ nopreempt: true });
    const { outcome, now } = handedOver(own);
    const returned = step(own, outcome.state, back, plus(now, seconds(1)));
    expect(sentences(returned).join()).toContain('nopreempt: it stays backup');
  });

  test('one that serves says its own priority at once', () => {
    const { outcome } = handedOver();
    const due = nextDeadline(outcome.state) ?? t0;
    const serving = step(config, outcome.state, { kind: 'deadline' }, due).state;
    expect(deeds(step(config, serving, back, plus(due, seconds(0.2))))).toEqual(['advert 100']);
  });
});

test.each([
  ['a backup', backup(config), 'backup'],
  ['an instance before its start', initialState(config, calm, t0), 'init'],
])('%s that is handed over says nothing on the wire', (_, state: InstanceState, phase) => {
  const outcome = step(config, state, over, at(1));
  expect(deeds(outcome)).toEqual([]);
  expect(outcome.state).toMatchObject({ handedOver: true, phase: { kind: phase } });
});

test('what is so already changes nothing: the very same state', () => {
  const { outcome, now } = handedOver();
  expect(step(config, outcome.state, over, plus(now, seconds(1))).state).toBe(outcome.state);
  const fresh = backup(config);
  expect(step(config, fresh, back, at(1)).state).toBe(fresh);
});

test.each([
  ['an ordinary router', config],
  ['an address owner', owner],
])('%s that a dead worker had handed over starts as a backup', (_, own) => {
  const { state } = play(own, [[t0, { kind: 'start', saved: undefined, handedOver: true }]]);
  expect(state).toMatchObject({ handedOver: true, phase: { kind: 'backup' } });
  expect(nextDeadline(state)).toBe(at(3.996093));
});

describe('a worker died as master, and its instance was handed over before the next one came', () => {
  const { state, since } = master(config);
  const start = (after: number, handed: boolean) => {
    const now = plus(since, seconds(after));
    const saved = { ...savedInstance(config, state, []), ...(handed ? { handedOver: true } : {}) };
    return step(config, initialState(config, calm, now), { kind: 'start', saved, handedOver: true }, now);
  };

  test('in time to go on: it says goodbye in the place of its predecessor', () => {
    const outcome = start(0.2, false);
    expect(deeds(outcome).slice(-3)).toEqual(['advert 0', 'remove 10.0.0.9', 'notify BACKUP 1']);
    expect(outcome.state).toMatchObject({ handedOver: true, phase: { kind: 'backup' } });
  });

  test('too late to go on: it listens without a word, with priority 1', () => {
    const outcome = start(10, false);
    expect(deeds(outcome)).toEqual(['remove 10.0.0.9', 'notify BACKUP 100']);
    expect(outcome.state).toMatchObject({ handedOver: true, phase: { kind: 'backup' } });
  });

  test('where the predecessor served against its will, it goes on doing so', () => {
    const outcome = start(0.2, true);
    expect(outcome.state).toMatchObject({ handedOver: true, phase: { kind: 'master' } });
    expect(deeds(outcome)).toEqual(['add 10.0.0.9', 'announce 10.0.0.9 x5']);
  });
});
