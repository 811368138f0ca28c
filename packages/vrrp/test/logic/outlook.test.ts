import { address, micros, plus, seconds } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { outlook } from '../../src/logic/outlook.ts';
import { type InstanceStatus, instanceStatistics, instanceStatus } from '../../src/logic/status.ts';
import { at, backup, heard, instance, master, play } from '../support/instance.ts';

const config = instance();
const facts: Parameters<typeof instanceStatus>[2] = { interface: () => 'up', script: () => 'good' };
const now = at(1.5);
const following = play(config, [[at(1), heard(150)]], backup(config)).state;
const told = (status: Partial<InstanceStatus> = {}, own = config): readonly string[] =>
  outlook(own, { ...instanceStatus(own, following, facts), ...status }, undefined, now).map(
    ({ to, when }) => `${to} ${when}`,
  );
const script = (more: object) =>
  ({ kind: 'script', name: 'chk', weight: 60, reverse: false, condition: 'bad', ...more }) as const;

describe('a backup of priority 100 below a master of 150', () => {
  test('takes over when the master is silent or leaves, or its priority rises', () => {
    expect(told()).toEqual([
      'MASTER after 3.61 s without an advert of 10.0.0.3',
      'MASTER 0.61 s after the master has said goodbye (priority 0)',
      "MASTER when its priority 100 rises above the master's priority 150",
      'FAULT when eth0 goes down',
    ]);
  });

  test('with the counts of its worker it says how long the timer still runs', () => {
    const statistics = instanceStatistics({ config, state: following, drops: new Map() });
    const status = instanceStatus(config, following, facts);
    expect(outlook(config, status, statistics, now)[0]?.when).toBe(
      'after 3.61 s without an advert of 10.0.0.3 (3.11 s from now unless one comes)',
    );
  });

  test.each([
    ['a script gives nothing', script({}), true],
    ['a script takes something', script({ weight: -60 }), true],
    ['a script gives too little', script({ weight: 50 }), false],
    ['a script gives what it can', script({ condition: 'good' }), false],
    ['a reversed script is good', script({ reverse: true, condition: 'good' }), true],
    ['a script is undecided', script({ condition: 'undecided' }), true],
    ['a script that would take is undecided', script({ weight: -60, condition: 'undecided' }), false],
    ['an interface is down', script({ kind: 'interface' }), true],
  ])('whose %s', (_, tracked, counts) => {
    const rises = told({ tracked: [tracked] }).some((text) =>
      text.includes('gives its weight back: 160 beats'),
    );
    expect(rises).toBe(counts);
  });

  test('never by its priority with nopreempt, and only after it was taken back when handed over', () => {
    expect(told({}, instance({ nopreempt: true })).some((text) => text.includes('priority 150'))).toBe(false);
    expect(told({ handedOver: true, priority: 1 }).join()).toContain(
      'takes it back (holdfast handover --back)',
    );
  });

  test('soon, when it has more than the master already', () => {
    expect(told({ priority: 160 }).join()).toContain("soon: priority 160 beats the master's priority 150");
  });

  test('fails with what it tracks at weight 0', () => {
    const tracked = [script({ weight: 0 }), script({ weight: 0, kind: 'interface', name: 'eth1' })];
    expect(told({ tracked }).slice(-2)).toEqual([
      'FAULT when eth0 or eth1 goes down',
      'FAULT when script chk fails often enough',
    ]);
  });
});

describe('a master', () => {
  const { state } = master(config);
  const says = (own = config, status: Partial<InstanceStatus> = {}) =>
    outlook(own, { ...instanceStatus(own, state, facts), ...status }, undefined, now).map(
      ({ to, when }) => `${to} ${when}`,
    );

  test('yields to a higher priority, to the same with a higher address, and to an operator', () => {
    expect(says()).toEqual([
      'BACKUP when an advert says a priority above 100, or priority 100 from an address above 10.0.0.2',
      'BACKUP when an operator hands it over (holdfast handover)',
      'FAULT when eth0 goes down',
    ]);
  });

  test.each([
    [{ weight: -60, condition: 'good' }, 'script chk fails often enough', 40],
    [{ weight: 60, condition: 'good' }, 'script chk fails often enough', 40],
    [{ weight: -60, reverse: true, condition: 'bad' }, 'script chk succeeds often enough', 40],
    [{ weight: -120, kind: 'interface', name: 'eth1', condition: 'good' }, 'interface eth1 goes down', 1],
  ] as const)(
    'yields when what it tracks with %j leaves it less than another router has',
    (more, turn, left) => {
      expect(says(config, { tracked: [script(more)] })).toContain(
        `BACKUP when ${turn} and another router has more than the ${left} that is left`,
      );
    },
  );

  test.each([
    ['has taken its weight already', script({ weight: -60 }), {}],
    ['is undecided', script({ weight: -60, condition: 'undecided' }), {}],
    ['has no weight', script({ weight: 0, condition: 'good' }), {}],
    ['counts for nothing after a handover', script({ condition: 'good' }), { handedOver: true }],
    ['counts for nothing with priority 255', script({ condition: 'good' }), { priority: 255 }],
  ])('says nothing of a script that %s', (_, tracked, more) => {
    expect(says(config, { tracked: [tracked], ...more }).join()).not.toContain('that is left');
  });

  test.each([
    ['an owner yields to no higher priority', instance({ priority: 255 }), { priority: 255 }, 'above 255'],
    [
      'an owner that ignores adverts yields to none',
      instance({ priority: 255, ownerIgnoreAdverts: true }),
      { priority: 255 },
      'an advert',
    ],
    ['one that is handed over cannot be so again', config, { handedOver: true }, 'hands it over'],
    ['dont_track_primary leaves its interface out', instance({ dontTrackPrimary: true }), {}, 'FAULT'],
  ])('%s', (_, own, status, absent) => {
    expect(says(own, status).join()).not.toContain(absent);
  });
});

test('in fault it waits for the end of all causes, before the first results for these', () => {
  const faults = [
    { kind: 'interface-down', interface: 'eth0' },
    { kind: 'script-failed', script: 'chk' },
  ] as const;
  expect(told({ phase: 'fault', faults })).toEqual([
    'BACKUP when all of this is over: interface eth0 is down, script chk failed',
  ]);
  expect(told({ phase: 'init' })).toEqual(['BACKUP when every tracked script has had its first result']);
});

test('who is the master is not known yet', () => {
  const status = { ...instanceStatus(config, backup(config), facts), source: address('10.0.0.2') };
  expect(outlook(config, status, undefined, plus(micros(0), seconds(1)))[0]?.when).toBe(
    'after 3.61 s without an advert of any router',
  );
});
