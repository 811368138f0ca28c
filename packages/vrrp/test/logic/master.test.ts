import { address, centiseconds, plus, seconds } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { nextDeadline, step } from '../../src/logic/instance.ts';
import {
  advert,
  deeds,
  heard,
  instance,
  master,
  ourAddress,
  phaseOf,
  sentences,
} from '../support/instance.ts';

const lower = address('10.0.0.1');

describe('a master of priority 100 at 10.0.0.2 hears an advert half a second after its own', () => {
  test.each([
    ['V-MA-09 priority 0: advert at once', instance(), heard(0), 'master', ['advert 100']],
    [
      'V-MA-10 higher: steps down without a word',
      instance(),
      heard(101),
      'backup',
      ['remove 10.0.0.9', 'notify BACKUP 100'],
    ],
    [
      'V-MA-10 equal from the higher address',
      instance(),
      heard(100),
      'backup',
      ['remove 10.0.0.9', 'notify BACKUP 100'],
    ],
    [
      'V-MA-13, V-MA-14 equal from the lower address',
      instance(),
      heard(100, { source: lower }),
      'master',
      ['advert 100', 'announce 10.0.0.9 x5', 'notify-lower-priority 100'],
    ],
    [
      'V-MA-14 lower: advert and gratuitous ARP at once',
      instance(),
      heard(99),
      'master',
      ['advert 100', 'announce 10.0.0.9 x5', 'notify-lower-priority 100'],
    ],
    [
      'V-MA-14 lower with lower_prio_no_advert',
      instance({ lowerPriorityNoAdvert: true }),
      heard(99),
      'master',
      ['announce 10.0.0.9 x5', 'notify-lower-priority 100'],
    ],
    [
      'V-MA-14 lower with garp_lower_prio_repeat 0',
      instance({ garp: { ...instance().garp, lowerPriorityRepeat: 0 } }),
      heard(99),
      'master',
      ['advert 100', 'notify-lower-priority 100'],
    ],
    [
      'V-MA-10 higher with higher_prio_send_advert',
      instance({ higherPrioritySendAdvert: true }),
      heard(101),
      'backup',
      ['advert 100', 'remove 10.0.0.9', 'notify BACKUP 100'],
    ],
    [
      'V-MA-15 nopreempt plays no part',
      instance({ nopreempt: true }),
      heard(101),
      'backup',
      ['remove 10.0.0.9', 'notify BACKUP 100'],
    ],
    ['V-MA-17 our own words', instance(), heard(100, { source: ourAddress }), 'master', []],
  ] as const)('%s', (_row, config, event, phase, expected) => {
    const { state, since } = master(config);
    const outcome = step(config, state, event, plus(since, seconds(0.5)));
    expect(outcome.state.phase.kind).toBe(phase);
    expect(deeds(outcome)).toEqual(expected);
  });

  test.each([
    ['priority 0 restarts Adver_Timer', instance(), heard(0), 1.5],
    ['a lower priority restarts it', instance(), heard(99), 1.5],
    ['lower_prio_no_advert does not', instance({ lowerPriorityNoAdvert: true }), heard(99), 1],
    ['our own words do not (V-RX-19)', instance(), heard(100, { source: ourAddress }), 1],
    ['stepping down: the whole Master_Down_Interval', instance(), heard(101), 0.5 + 3.609375],
  ] as const)('%s', (_row, config, event, deadline) => {
    const { state, since } = master(config);
    expect(nextDeadline(step(config, state, event, plus(since, seconds(0.5))).state)).toBe(
      plus(since, seconds(deadline)),
    );
  });

  test('V-MA-12 v3: the interval of the one that won counts from now on', () => {
    const config = instance({ version: 3 });
    const { state, since } = master(config);
    const outcome = step(config, state, heard(200, { advertInterval: centiseconds(30) }), since);
    expect(nextDeadline(outcome.state)).toBe(plus(since, seconds(1.082812)));
  });

  test('V-MA-11 the source in use is compared as a number, not as text', () => {
    const { state, since } = master(instance());
    expect(
      step(instance(), state, heard(100, { source: address('10.0.0.10') }), since).state.phase.kind,
    ).toBe('backup');
    expect(
      step(instance(), state, heard(100, { source: address('9.255.255.255') }), since).state.phase.kind,
    ).toBe('master');
  });

  test.each([
    [99, '(VI_1) Received advert from 10.0.0.3 with lower priority 99, ours 100, forcing new election'],
    [101, '(VI_1) Master received advert from 10.0.0.3 with higher priority 101, ours 100'],
    [
      100,
      '(VI_1) Master received advert from 10.0.0.3 with same priority 100 but higher IP address than ours',
    ],
  ] as const)('priority %i is logged in the words that operators search for', (priority, sentence) => {
    const { state, since } = master(instance());
    expect(sentences(step(instance(), state, heard(priority), since))).toContain(sentence);
  });

  test('a flood of lower priorities does not pile up gratuitous ARP', () => {
    const config = instance();
    let { state, since } = master(config);
    for (let i = 1; i <= 100; i++) {
      since = plus(since, seconds(0.01));
      state = step(config, state, heard(1), since).state;
    }
    expect(phaseOf(state, 'master').garps).toHaveLength(2);
  });
});

describe('Adver_Timer (V-MA-08)', () => {
  test.each([
    ['on time', 1, 2],
    ['late by 0.3 s: the phase is kept', 1.3, 2],
    ['late by almost an interval', 1.99, 2],
    ['after a stall of 7 s: no burst, and a whole interval to the next', 8, 9],
  ] as const)('%s', (_row, now, next) => {
    const config = instance({ garp: { ...instance().garp, masterDelay: seconds(0) } });
    const { state, since } = master(config);
    const outcome = step(config, state, { kind: 'deadline' }, plus(since, seconds(now)));
    expect(deeds(outcome)).toEqual(['advert 100']);
    expect(nextDeadline(outcome.state)).toBe(plus(since, seconds(next)));
  });

  test('the second block of gratuitous ARP is sent once, a refresh comes again', () => {
    const config = instance({
      advertInterval: seconds(100),
      garp: { ...instance().garp, masterRefresh: seconds(10) },
    });
    let { state, since } = master(config);
    const seen: string[] = [];
    for (let i = 0; i < 4; i++) {
      const now = nextDeadline(state) ?? since;
      const outcome = step(config, state, { kind: 'deadline' }, now);
      seen.push(`${(now - since) / 1e6} ${deeds(outcome).join()}`);
      state = outcome.state;
    }
    expect(seen).toEqual([
      '5 announce 10.0.0.9 x5',
      '15 announce 10.0.0.9 x1',
      '25 announce 10.0.0.9 x1',
      '35 announce 10.0.0.9 x1',
    ]);
  });
});

describe('two address owners (V-MA-16)', () => {
  const config = instance({ priority: 255 });
  const claims = (source = lower) => ({ kind: 'advert', advert: advert(255, { source }) }) as const;

  test('the one with the lower address falls back', () => {
    const { state, since } = master(config);
    expect(step(config, state, claims(address('10.0.0.3')), since).state.phase.kind).toBe('backup');
  });

  test('the other one waits for two of its own adverts and 1.2 intervals, then yields as 254', () => {
    const start = master(config);
    let { state } = start;
    const { since } = start;
    const phases: string[] = [];
    for (let tick = 1; tick <= 8; tick++) {
      const now = plus(since, seconds(tick / 2));
      // An owner that does not answer lower claims, so that its own pace is what counts.
      const quiet = { ...config, lowerPriorityNoAdvert: true };
      state = step(quiet, state, { kind: 'deadline' }, now).state;
      state = step(quiet, state, claims(), now).state;
      phases.push(state.phase.kind);
    }
    // Heard first at 0.5 s; own adverts at 1 s and 2 s; patience until 3.2 s; heard again at 3.5 s.
    expect(phases).toEqual(['master', 'master', 'master', 'master', 'master', 'master', 'backup', 'backup']);
    expect(state.yieldsOwnership).toBe(true);
  });

  test('it is 255 again when it becomes master again, or hears that the other one is no owner', () => {
    const yielded = {
      ...master(config).state,
      yieldsOwnership: true,
      master: { address: lower, priority: 255, heardAt: seconds(1000) },
    };
    const now = plus(master(config).since, seconds(1));
    const fell = step(config, yielded, claims(), now);
    expect(fell.state.phase.kind).toBe('backup');
    const due = nextDeadline(fell.state) ?? now;
    expect(deeds(step(config, fell.state, { kind: 'deadline' }, due))).toContain('advert 255');
    expect(step(config, fell.state, heard(100, { source: lower }), now).state.yieldsOwnership).toBe(false);
  });
});

test('owner_ignore_adverts: an owner does not listen', () => {
  const config = instance({ priority: 255, ownerIgnoreAdverts: true });
  const { state, since } = master(config);
  expect(step(config, state, heard(255), since).state).toBe(state);
});
