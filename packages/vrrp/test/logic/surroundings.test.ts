import type { TrackEntry } from '@holdfast/config';
import { plus, seconds } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { nextDeadline, step } from '../../src/logic/instance.ts';
import { type Facts, surroundings } from '../../src/logic/surroundings.ts';
import {
  around,
  at,
  backup,
  calm,
  deeds,
  instance,
  master,
  ourAddress,
  play,
  sentences,
  start,
  t0,
  vip,
} from '../support/instance.ts';

const facts = (more: Partial<Facts> = {}): Facts => ({
  interface: () => 'up',
  script: () => 'good',
  primaryAddress: ourAddress,
  ...more,
});
const tracked = (weight: number, reverse = false): readonly TrackEntry[] => [{ name: 'it', weight, reverse }];
const down = { kind: 'interface-down', interface: 'eth0' } as const;

describe('what a tracked script or interface comes to (keepalived.conf(5) weight, reverse)', () => {
  test.each([
    // weight, reverse, good: [weight in force, faults], bad: [weight in force, faults]
    [30, false, [30, 0], [0, 0]],
    [-30, false, [0, 0], [-30, 0]],
    [0, false, [0, 0], [0, 1]],
    [30, true, [0, 0], [30, 0]],
    [-30, true, [-30, 0], [0, 0]],
    [0, true, [0, 1], [0, 0]],
  ] as const)('weight %i, reverse %s', (weight, reverse, good, bad) => {
    const figures = ({ weight: sum, faults }: ReturnType<typeof surroundings>) => [sum, faults.length];
    const byScript = instance({ trackScripts: tracked(weight, reverse) });
    expect(figures(surroundings(byScript, facts()))).toEqual(good);
    expect(figures(surroundings(byScript, facts({ script: () => 'bad' })))).toEqual(bad);
    const byInterface = instance({ trackInterfaces: tracked(weight, reverse) });
    const itIs = (state: 'up' | 'down') => facts({ interface: (name) => (name === 'it' ? state : 'up') });
    expect(figures(surroundings(byInterface, itIs('up')))).toEqual(good);
    expect(figures(surroundings(byInterface, itIs('down')))).toEqual(bad);
  });

  test('weights add up; an undecided script of weight 0 decides nothing, a weighted one adds nothing', () => {
    const config = instance({
      trackScripts: [...tracked(20), { name: 'other', weight: -5, reverse: false }],
    });
    const script = (name: string) => (name === 'it' ? 'good' : 'bad');
    expect(surroundings(config, facts({ script }))).toMatchObject({ weight: 15, undecided: false });
    expect(surroundings(config, facts({ script: () => 'undecided' }))).toMatchObject({
      weight: 0,
      undecided: false,
    });
    const fatal = instance({ trackScripts: tracked(0) });
    expect(surroundings(fatal, facts({ script: () => 'undecided' }))).toMatchObject({
      faults: [],
      undecided: true,
    });
  });
});

describe('the interfaces an instance stands on', () => {
  const eth = (states: Readonly<Record<string, 'up' | 'down' | 'missing'>>) =>
    facts({ interface: (name) => states[name] ?? 'up' });
  test.each([
    ['its own is down', instance(), eth({ eth0: 'down' }), ['interface-down']],
    ['its own is missing', instance(), eth({ eth0: 'missing' }), ['interface-missing']],
    ['dont_track_primary', instance({ dontTrackPrimary: true }), eth({ eth0: 'down' }), []],
    [
      'dont_track_primary helps nothing against a missing one',
      instance({ dontTrackPrimary: true }),
      eth({ eth0: 'missing' }),
      ['interface-missing'],
    ],
    [
      'that of an address',
      instance({ virtualAddresses: [vip('10.1.0.9', { interface: 'eth1' })] }),
      eth({ eth1: 'down' }),
      ['interface-down'],
    ],
    [
      'that of an address with no_track',
      instance({ virtualAddresses: [vip('10.1.0.9', { interface: 'eth1', noTrack: true })] }),
      eth({ eth1: 'down' }),
      [],
    ],
    ['no address to send from', instance(), facts({ primaryAddress: undefined }), ['no-source-address']],
    [
      'mcast_src_ip needs none',
      instance({ sourceAddress: ourAddress }),
      facts({ primaryAddress: undefined }),
      [],
    ],
  ] as const)('%s', (_row, config, known, expected) => {
    expect(surroundings(config, known).faults.map(({ kind }) => kind)).toEqual(expected);
  });
});

describe('FAULT (V-MA-18, V-FM-07)', () => {
  test('a master says priority 0 once, gives its addresses back, and is told about', () => {
    const { state, since } = master(instance());
    const outcome = step(
      instance(),
      state,
      around({ faults: [down, { kind: 'script-failed', script: 'chk' }] }),
      since,
    );
    expect(deeds(outcome)).toEqual(['advert 0', 'remove 10.0.0.9', 'notify FAULT 100']);
    expect(nextDeadline(outcome.state)).toBeUndefined();
    expect(sentences(outcome)).toContain('(VI_1) entering FAULT state: interface eth0 is down');
    expect(sentences(outcome)).toContain('(VI_1) Entering FAULT STATE');
  });

  test('a backup says nothing', () => {
    expect(deeds(step(instance(), backup(instance()), around({ faults: [down] }), at(1)))).toEqual([
      'notify FAULT 100',
    ]);
  });

  test('it lasts until the last cause is gone, then the whole timer runs', () => {
    const script = { kind: 'script-failed', script: 'chk' } as const;
    const outcome = play(instance(), [
      [t0, start],
      [at(1), around({ faults: [down, script] })],
      [at(2), around({ faults: [script] })],
    ]);
    expect(outcome.state.phase.kind).toBe('fault');
    expect(deeds(outcome)).toEqual([]);
    const free = step(instance(), outcome.state, around({}), at(3));
    expect(deeds(free)).toEqual(['notify BACKUP 100']);
    expect(nextDeadline(free.state)).toBe(at(6.609375));
  });

  test('an owner is master again at once', () => {
    const owner = instance({ priority: 255 });
    const { state } = play(owner, [
      [t0, start],
      [at(1), around({ faults: [down] })],
    ]);
    expect(step(owner, state, around({}), at(2)).state.phase.kind).toBe('master');
  });

  test('at the start: what was left over is removed, and the log says (init)', () => {
    const outcome = play(instance(), [
      [t0, around({ faults: [down] })],
      [t0, start],
    ]);
    expect(deeds(outcome)).toEqual(['remove 10.0.0.9', 'notify FAULT 100']);
    expect(sentences(outcome)).toContain('(VI_1) Entering FAULT STATE (init)');
  });
});

describe('undecided scripts', () => {
  const waiting = play(instance(), [
    [t0, around({ undecided: true })],
    [t0, start],
  ]);

  test('nobody is told anything until they have run, and nothing is heard', () => {
    expect(deeds(waiting)).toEqual(['remove 10.0.0.9']);
    expect(nextDeadline(waiting.state)).toBeUndefined();
  });

  test.each([
    ['good: BACKUP', {}, ['notify BACKUP 100']],
    ['bad: FAULT', { faults: [{ kind: 'script-failed', script: 'chk' }] }, ['notify FAULT 100']],
  ] as const)('%s', (_row, now, expected) => {
    expect(deeds(step(instance(), waiting.state, around(now), at(0.1)))).toEqual(expected);
  });

  test('a script that a reload adds does not stop a master', () => {
    const { state, since } = master(instance());
    expect(step(instance(), state, around({ undecided: true }), since).state.phase.kind).toBe('master');
  });
});

describe('the priority that counts', () => {
  test.each([
    [100, 0, 100],
    [100, -30, 70],
    [100, 200, 254],
    [100, -200, 1],
    [255, -100, 255],
  ])('%i with weights of %i is advertised as %i', (priority, weight, expected) => {
    const config = instance({ priority });
    const { state, since } = master(config);
    const changed = step(
      config,
      state,
      { kind: 'surroundings', surroundings: { ...calm, weight } },
      since,
    ).state;
    expect(deeds(step(config, changed, { kind: 'deadline' }, plus(since, seconds(1))))).toEqual([
      `advert ${expected}`,
    ]);
  });

  test('a change is logged with both values and sends nothing before its time', () => {
    const config = instance({ priority: 150 });
    const { state, since } = master(config);
    const outcome = step(config, state, around({ weight: -30 }), plus(since, seconds(0.5)));
    expect(sentences(outcome)).toEqual(['(VI_1) Changing effective priority from 150 to 120']);
    expect(deeds(outcome)).toEqual([]);
    expect(nextDeadline(outcome.state)).toBe(plus(since, seconds(1)));
  });

  test('in BACKUP the running timer moves by the difference of the down timers', () => {
    const { state } = step(instance(), backup(instance()), around({ weight: 50 }), at(1));
    expect(nextDeadline(state)).toBe(at(3.609375) - (609375 - 414062));
  });

  test('but never into the past', () => {
    const { state } = step(instance(), backup(instance()), around({ weight: 150 }), at(3.6));
    expect(nextDeadline(state)).toBe(at(3.6));
  });
});
