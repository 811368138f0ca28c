import { plus, seconds } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { nextDeadline, step } from '../../src/logic/instance.ts';
import { at, backup, deeds, instance, master, sentences, vip } from '../support/instance.ts';

const config = instance({
  virtualAddresses: [vip('10.0.0.9'), vip('10.0.0.10'), vip('10.0.0.11', { noTrack: true })],
});
const lost = (text: string, more = {}) => ({ kind: 'address-lost', address: vip(text, more) }) as const;

/** Plays losses (seconds after becoming master, address). */
const losing = (...losses: readonly (readonly [number, string])[]) => {
  const { state, since } = master(config);
  let outcome = step(config, state, lost('10.9.9.9'), since);
  for (const [after, text] of losses)
    outcome = step(config, outcome.state, lost(text), plus(since, seconds(after)));
  return { ...outcome, since };
};

describe('somebody deletes an address of the master', () => {
  test('it is put back and announced at once, and logged; the master stays', () => {
    const outcome = losing([0.5, '10.0.0.9']);
    expect(deeds(outcome)).toEqual(['add 10.0.0.9', 'announce 10.0.0.9 x5']);
    expect(sentences(outcome)[0]).toContain('somebody deleted 10.0.0.9/24 on eth0');
    expect(nextDeadline(outcome.state)).toBe(plus(outcome.since, seconds(1)));
  });

  test.each([
    [
      'three times in 10 s',
      [
        [1, '10.0.0.9'],
        [2, '10.0.0.9'],
        [3, '10.0.0.9'],
      ],
      'master',
    ],
    [
      'the fourth time: enough',
      [
        [1, '10.0.0.9'],
        [2, '10.0.0.9'],
        [3, '10.0.0.9'],
        [4, '10.0.0.9'],
      ],
      'backup',
    ],
    [
      'four times, but slowly',
      [
        [1, '10.0.0.9'],
        [5, '10.0.0.9'],
        [9, '10.0.0.9'],
        [13, '10.0.0.9'],
      ],
      'master',
    ],
    [
      'all of them at once, twice',
      [
        [1, '10.0.0.9'],
        [1, '10.0.0.10'],
        [2, '10.0.0.9'],
        [2, '10.0.0.10'],
      ],
      'master',
    ],
  ] as const)('%s', (_row, losses, phase) => {
    expect(losing(...losses).state.phase.kind).toBe(phase);
  });

  test('giving up: priority 0, everything removed, and a timer of the skew', () => {
    const outcome = losing([1, '10.0.0.9'], [2, '10.0.0.9'], [3, '10.0.0.9'], [4, '10.0.0.9']);
    expect(deeds(outcome)).toEqual(['advert 0', 'remove 10.0.0.9 10.0.0.10 10.0.0.11', 'notify BACKUP 100']);
    expect(nextDeadline(outcome.state)).toBe(plus(outcome.since, seconds(4.609375)));
  });
});

test.each([
  ['no_track', lost('10.0.0.11', { noTrack: true })],
  ['an address that is none of ours', lost('10.0.0.77')],
] as const)('%s: nothing happens', (_row, event) => {
  const { state, since } = master(config);
  expect(step(config, state, event, since).state).toBe(state);
});

test('a backup does not mind', () => {
  const state = backup(config);
  expect(step(config, state, lost('10.0.0.9'), at(1)).state).toBe(state);
});

test('an address that the kernel refuses is logged with the reason', () => {
  const { state, since } = master(config);
  const failed = { kind: 'address-failed', address: vip('10.0.0.9'), error: 'EPERM' } as const;
  const outcome = step(config, state, failed, since);
  expect(sentences(outcome)).toEqual(['(VI_1) the kernel did not take 10.0.0.9/24 on eth0: EPERM']);
  expect(outcome.state).toBe(state);
});
