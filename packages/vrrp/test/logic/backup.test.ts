import { address, centiseconds, micros, seconds } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { nextDeadline, step } from '../../src/logic/instance.ts';
import {
  at,
  backup,
  deeds,
  heard,
  instance,
  ourAddress,
  phaseOf,
  play,
  sentences,
  start,
  t0,
  vip,
} from '../support/instance.ts';

describe('start (V-IN)', () => {
  test.each([
    ['V-IN-05 priority 100 listens first', instance(), ['remove 10.0.0.9', 'notify BACKUP 100']],
    [
      'V-IN-05 state MASTER listens first too',
      instance({ initialState: 'MASTER' }),
      ['remove 10.0.0.9', 'notify BACKUP 100'],
    ],
    [
      'V-IN-01 to V-IN-04 the owner: advert, addresses, gratuitous ARP; nothing left over is removed',
      instance({ priority: 255 }),
      ['advert 255', 'add 10.0.0.9', 'announce 10.0.0.9 x5', 'notify MASTER 255'],
    ],
    [
      'excluded addresses are held and announced as well',
      instance({ priority: 255, excludedAddresses: [vip('10.0.0.8')] }),
      ['advert 255', 'add 10.0.0.9 10.0.0.8', 'announce 10.0.0.9 10.0.0.8 x5', 'notify MASTER 255'],
    ],
  ])('%s', (_row, config, expected) => {
    expect(deeds(play(config, [[t0, start]]))).toEqual(expected);
  });

  test('the log says which state comes first', () => {
    expect(sentences(play(instance(), [[t0, start]]))).toEqual(['(VI_1) Entering BACKUP STATE (init)']);
  });

  test('vrrp_startup_delay: timers start when it ends, and what is heard before does not count', () => {
    const quiet = { kind: 'start', saved: undefined, quietUntil: at(10) } as const;
    const state = play(instance(), [[t0, quiet]]).state;
    expect(nextDeadline(state)).toBe(at(13.609375));
    expect(step(instance(), state, heard(200), at(9)).state).toBe(state);
    expect(nextDeadline(step(instance(), state, heard(200), at(11)).state)).toBe(at(14.609375));
  });

  test('vrrp_startup_delay: the owner takes over when it ends', () => {
    const quiet = { kind: 'start', saved: undefined, quietUntil: at(10) } as const;
    const outcome = play(instance({ priority: 255 }), [
      [t0, quiet],
      [at(10), { kind: 'deadline' }],
    ]);
    expect(outcome.state.phase.kind).toBe('master');
  });
});

describe('a backup of priority 100 whose timer would end at 3.609 hears an advert at 2 s', () => {
  const whole = 5.609375;
  const untouched = 3.609375;
  test.each([
    ['V-BK-10 priority 0: the skew is left', instance(), heard(0), 2.609375],
    ['V-BK-10 priority 0 in spite of nopreempt', instance({ nopreempt: true }), heard(0), 2.609375],
    ['V-BK-11 higher: the whole timer anew', instance(), heard(101), whole],
    ['V-BK-13 equal counts as higher', instance(), heard(100), whole],
    [
      'V-BK-13 equal from a lower address too',
      instance(),
      heard(100, { source: address('10.0.0.1') }),
      whole,
    ],
    ['V-BK-12 lower: the timer runs on', instance(), heard(99), untouched],
    ['V-BK-11 lower with nopreempt: the whole timer anew', instance({ nopreempt: true }), heard(99), whole],
    ['V-MA-17 our own words: nothing', instance(), heard(100, { source: ourAddress }), untouched],
  ])('%s', (_row, config, event, deadline) => {
    const outcome = step(config, backup(config), event, at(2));
    expect(outcome.state.phase.kind).toBe('backup');
    expect(nextDeadline(outcome.state)).toBe(at(deadline));
    expect(deeds(outcome)).toEqual([]);
  });

  test('an event that does not count leaves the very same state', () => {
    const state = backup(instance());
    expect(step(instance(), state, heard(200, { source: ourAddress }), at(2)).state).toBe(state);
    expect(step(instance(), state, { kind: 'deadline' }, at(3.609)).state).toBe(state);
  });
});

describe('the interval of the master (V-PA-04, V-BK-11)', () => {
  const config = instance({ version: 3, advertInterval: centiseconds(100) });

  test('v3 takes it over, skew included', () => {
    const state = step(config, backup(config), heard(200, { advertInterval: centiseconds(30) }), at(1)).state;
    expect(nextDeadline(state)).toBe(at(1 + 1.082812));
  });

  test('v3 with priority 0 uses the skew of the interval learnt before', () => {
    const learnt = step(
      config,
      backup(config),
      heard(200, { advertInterval: centiseconds(30) }),
      at(1),
    ).state;
    const state = step(config, learnt, heard(0, { advertInterval: centiseconds(500) }), at(2)).state;
    expect(nextDeadline(state)).toBe(at(2 + 0.182812));
  });

  test('V-FM-13 a new master is back at its own', () => {
    const learnt = step(
      config,
      backup(config),
      heard(200, { advertInterval: centiseconds(30) }),
      at(1),
    ).state;
    const outcome = step(config, learnt, { kind: 'deadline' }, at(3));
    expect(outcome.state.masterAdvertInterval).toBe(seconds(1));
    expect(nextDeadline(outcome.state)).toBe(at(4));
  });

  test('a lower priority that is discarded teaches nothing', () => {
    const state = step(config, backup(config), heard(50, { advertInterval: centiseconds(30) }), at(1)).state;
    expect(state.masterAdvertInterval).toBe(seconds(1));
  });
});

describe('preempt_delay 3 s against a master of priority 50 that speaks every second', () => {
  const config = instance({ priority: 100, preemptDelay: seconds(3) });
  const spoken = (until: number) =>
    Array.from({ length: until + 1 }, (_, i) => [at(i + 0.5), heard(50)] as const);
  const deadlineAfter = (events: Parameters<typeof play>[1]) =>
    nextDeadline(play(config, [[t0, start], ...events]).state);

  test('it is followed while the delay runs, then ignored: takeover one timer after the last one followed', () => {
    expect(deadlineAfter(spoken(6))).toBe(at(2.5 + 3.609375));
  });

  test('a higher priority meanwhile stops the delay; the next lower one starts it anew', () => {
    expect(
      deadlineAfter([
        [at(0.5), heard(50)],
        [at(2), heard(100)],
        [at(4), heard(50)],
      ]),
    ).toBe(at(4 + 3.609375));
  });

  test('a dead master is taken over without it', () => {
    expect(deadlineAfter([[at(0.5), heard(50)]])).toBe(at(0.5 + 3.609375));
  });

  test('priority 0 leaves the skew only', () => {
    expect(
      deadlineAfter([
        [at(0.5), heard(50)],
        [at(1), heard(0)],
      ]),
    ).toBe(at(1.609375));
  });
});

describe('Master_Down_Timer ends (V-BK-06 to V-BK-09)', () => {
  const config = instance();
  const outcome = step(config, backup(config), { kind: 'deadline' }, at(3.609375));

  test('advert before addresses before gratuitous ARP, then notify', () => {
    expect(deeds(outcome)).toEqual([
      'advert 100',
      'add 10.0.0.9',
      'announce 10.0.0.9 x5',
      'notify MASTER 100',
    ]);
  });

  test('the next advert follows one interval later, the second block of gratuitous ARP after garp_master_delay', () => {
    expect(phaseOf(outcome.state, 'master')).toMatchObject({
      advertAt: at(4.609375),
      garps: [{ reason: 'second-block', at: at(8.609375), repeat: 5, every: undefined }],
    });
  });

  test('the log has the words that operators search for', () => {
    expect(sentences(outcome)).toContain('(VI_1) Entering MASTER STATE');
    expect(sentences(outcome)).toContain('(VI_1) Receive advertisement timeout');
  });

  test('without addresses nothing is announced', () => {
    const bare = instance({ virtualAddresses: [] });
    const taken = step(bare, backup(bare), { kind: 'deadline' }, at(3.609375));
    expect(deeds(taken)).toEqual(['advert 100', 'add ', 'notify MASTER 100']);
  });

  test('garp_master_delay 0: no second block; garp_master_refresh: again and again', () => {
    const refreshing = instance({
      garp: { ...instance().garp, masterDelay: micros(0), masterRefresh: seconds(60) },
    });
    const taken = step(refreshing, backup(refreshing), { kind: 'deadline' }, at(3.609375));
    expect(phaseOf(taken.state, 'master').garps).toEqual([
      { reason: 'refresh', at: at(63.609375), repeat: 1, every: seconds(60) },
    ]);
  });
});
