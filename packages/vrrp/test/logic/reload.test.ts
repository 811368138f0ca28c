import { centiseconds, plus, seconds } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { nextDeadline, step } from '../../src/logic/instance.ts';
import { at, backup, deeds, heard, instance, master, sentences, vip } from '../support/instance.ts';

const before = instance({ virtualAddresses: [vip('10.0.0.9'), vip('10.0.0.10')] });
const two = before.virtualAddresses;

describe('a master reloads half a second after its advert', () => {
  test.each([
    ['nothing changed: nothing is done', before, [], 1],
    [
      'an address more: added, all announced, said at once',
      { ...before, virtualAddresses: [...two, vip('10.0.0.11')] },
      ['add 10.0.0.11', 'announce 10.0.0.9 10.0.0.10 10.0.0.11 x5', 'advert 100'],
      1.5,
    ],
    [
      'an address less',
      { ...before, virtualAddresses: [vip('10.0.0.10')] },
      ['remove 10.0.0.9', 'advert 100'],
      1.5,
    ],
    [
      'another prefix length: the new one comes before the old one goes',
      { ...before, virtualAddresses: [vip('10.0.0.9', { prefixLength: 32 }), vip('10.0.0.10')] },
      ['add 10.0.0.9', 'remove 10.0.0.9', 'announce 10.0.0.9 10.0.0.10 x5'],
      1,
    ],
    [
      'another label alone touches nothing',
      { ...before, virtualAddresses: [vip('10.0.0.9', { label: 'eth0:1' }), vip('10.0.0.10')] },
      [],
      1,
    ],
    [
      'an excluded address is added without an advert',
      { ...before, excludedAddresses: [vip('10.0.0.11')] },
      ['add 10.0.0.11', 'announce 10.0.0.9 10.0.0.10 10.0.0.11 x5'],
      1,
    ],
    [
      'an address that becomes excluded stays',
      { ...before, virtualAddresses: [vip('10.0.0.9')], excludedAddresses: [vip('10.0.0.10')] },
      ['advert 100'],
      1.5,
    ],
    ['another priority is said at once', { ...before, priority: 90 }, ['advert 90'], 1.5],
    ['another interval too', { ...before, advertInterval: seconds(3) }, ['advert 100'], 3.5],
    ['another name is nothing', { ...before, name: 'VI_2' }, [], 1],
    ['other notify scripts are nothing', { ...before, notify: { reportDeleted: true } }, [], 1],
  ] as const)('%s', (_row, config, expected, next) => {
    const { state, since } = master(before);
    const outcome = step(config, state, { kind: 'reload', previous: before }, plus(since, seconds(0.5)));
    expect(outcome.state.phase.kind).toBe('master');
    expect(deeds(outcome)).toEqual(expected);
    expect(nextDeadline(outcome.state)).toBe(plus(since, seconds(next)));
  });

  test('the new priority is announced in the log', () => {
    const { state, since } = master(before);
    const outcome = step({ ...before, priority: 90 }, state, { kind: 'reload', previous: before }, since);
    expect(sentences(outcome)).toContain('(VI_1) Changing effective priority from 100 to 90');
  });

  test('garp_master_refresh switched on and off', () => {
    const { state, since } = master(before);
    const on = { ...before, garp: { ...before.garp, masterRefresh: seconds(60) } };
    const refreshing = step(on, state, { kind: 'reload', previous: before }, since).state;
    const reasons = (s: typeof state) =>
      s.phase.kind === 'master' ? s.phase.garps.map(({ reason }) => reason) : [];
    expect(reasons(refreshing)).toEqual(['second-block', 'refresh']);
    expect(reasons(step(before, refreshing, { kind: 'reload', previous: on }, since).state)).toEqual([
      'second-block',
    ]);
  });
});

describe('a backup reloads', () => {
  test.each([
    ['nothing changed', before, 3.609375],
    ['priority 150: the timer moves by the skew', { ...before, priority: 150 }, 3.414062],
    ['interval 2 s', { ...before, advertInterval: seconds(2) }, 6.609375],
    ['down_timer_adverts 5', { ...before, downTimerAdverts: 5 }, 5.609375],
  ] as const)('%s', (_row, config, deadline) => {
    const outcome = step(config, backup(before), { kind: 'reload', previous: before }, at(1));
    expect(outcome.state.phase.kind).toBe('backup');
    expect(deeds(outcome)).toEqual([]);
    expect(nextDeadline(outcome.state)).toBe(at(deadline));
  });

  test('v3 keeps the interval it has learnt', () => {
    const v3 = instance({ version: 3 });
    const learnt = step(v3, backup(v3), heard(200, { advertInterval: centiseconds(30) }), at(1)).state;
    const other = { ...v3, advertInterval: centiseconds(50) };
    expect(nextDeadline(step(other, learnt, { kind: 'reload', previous: v3 }, at(1)).state)).toBe(
      nextDeadline(learnt),
    );
  });
});

describe('a successor is about to go on', () => {
  const staying = { kind: 'stop', release: true, deleted: false, staying: true } as const;

  test('a master sends one advert more and leaves everything as it is', () => {
    const { state, since } = master(before);
    const outcome = step(before, state, staying, since);
    expect(deeds(outcome)).toEqual(['advert 100']);
    expect(outcome.state).toMatchObject({ lastAdvertAt: since, phase: { kind: 'master' } });
  });

  test('a backup says nothing and stays what it is', () => {
    const state = backup(before);
    const outcome = step(before, state, staying, at(1));
    expect([outcome.effects, outcome.state]).toEqual([[], state]);
  });
});

describe('stop', () => {
  const stop = (release: boolean, deleted: boolean) => ({ kind: 'stop', release, deleted }) as const;
  const told = { ...before, notify: { reportDeleted: true } };
  test.each([
    [
      'V-MA-07 a master',
      before,
      stop(true, false),
      ['advert 0', 'remove 10.0.0.9 10.0.0.10', 'notify STOP 100'],
    ],
    ['-V: a master leaves everything as it is', before, stop(false, false), ['notify STOP 100']],
    [
      'removed by a reload',
      before,
      stop(true, true),
      ['advert 0', 'remove 10.0.0.9 10.0.0.10', 'notify FAULT 100'],
    ],
    [
      'removed, notify_deleted',
      told,
      stop(true, true),
      ['advert 0', 'remove 10.0.0.9 10.0.0.10', 'notify DELETED 100'],
    ],
  ] as const)('%s', (_row, config, event, expected) => {
    const { state, since } = master(config);
    const outcome = step(config, state, event, since);
    expect(deeds(outcome)).toEqual(expected);
    expect(nextDeadline(outcome.state)).toBeUndefined();
  });

  test('V-BK-05 a backup sends nothing', () => {
    expect(deeds(step(before, backup(before), stop(true, false), at(1)))).toEqual(['notify STOP 100']);
  });

  test('nothing moves it afterwards', () => {
    const { state } = step(before, backup(before), stop(true, false), at(1));
    expect(deeds(step(before, state, heard(0), at(2)))).toEqual([]);
    expect(deeds(step(before, state, stop(true, false), at(2)))).toEqual([]);
  });
});
