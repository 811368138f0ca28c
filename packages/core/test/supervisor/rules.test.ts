import { type Micros, micros, millis, plus, seconds } from '@holdfast/kit';
import type { SavedInstance } from '@holdfast/vrrp';
import { describe, expect, test } from 'vitest';
import { fromVrrp } from '../../src/supervisor/from-vrrp.ts';
import { guardDeadline, guardShares, nextGuardDeadline, overdue } from '../../src/supervisor/guard.ts';
import { heartbeatPace, look } from '../../src/supervisor/heartbeat.ts';
import { freshHistory, nextRespawn } from '../../src/supervisor/respawn.ts';

const saved = (
  phase: SavedInstance['phase'],
  lastAdvertAt: Micros | undefined,
  down = seconds(3),
): SavedInstance => ({
  name: 'V',
  phase,
  lastAdvertAt,
  masterAdvertInterval: seconds(1),
  masterDownInterval: down,
  addresses: [],
  scripts: [],
});

test('a worker that dies quickly again and again is replaced ever later, up to a minute', () => {
  let history = freshHistory;
  const delays = Array.from({ length: 10 }, () => {
    const next = nextRespawn(history, seconds(1));
    history = next.history;
    return next.delay / 1e6;
  });
  expect(delays).toEqual([0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test('after a run of a minute the delays begin anew', () => {
  const tired = { attempts: 5 };
  expect(nextRespawn(tired, seconds(60))).toEqual({ delay: 0, history: freshHistory });
  expect(nextRespawn(tired, seconds(59.9)).delay).toBe(seconds(16));
});

describe('the guard', () => {
  test.each([
    // phase    last advert      masterDown     the addresses may stay until
    ['master', seconds(10), seconds(3), seconds(11.5)],
    ['master', seconds(10), millis(300), micros(10_150_000)],
    ['master', undefined, seconds(3), micros(0)],
    ['backup', seconds(10), seconds(3), undefined],
    ['fault', seconds(10), seconds(3), undefined],
    ['init', undefined, seconds(3), undefined],
  ] as const)(
    'lets a %s that advertised at %s, down interval %s, stay until %s',
    (phase, last, down, until) => {
      expect(guardDeadline(saved(phase, last, down), guardShares.alone)).toBe(until);
    },
  );

  test('names the instances whose time is up, and the next one', () => {
    const [early, late] = [saved('master', seconds(10)), { ...saved('master', seconds(11)), name: 'W' }];
    expect(nextGuardDeadline([late, early, saved('backup', seconds(1))], guardShares.alone)).toBe(
      seconds(11.5),
    );
    expect(overdue([early, late], seconds(11.5), guardShares.alone)).toEqual([early]);
    expect(overdue([early, late], micros(11_499_999), guardShares.alone)).toEqual([]);
  });
});

describe('a heartbeat', () => {
  test.each([
    // smallest master down   stuck after
    [undefined, seconds(1.5)],
    [seconds(3), seconds(1.5)],
    [seconds(2), seconds(1)],
    [millis(300), seconds(0.5)],
    [seconds(30), seconds(1.5)],
  ] as const)('with a master down interval of %s counts silence from %s on', (smallest, stuckAfter) => {
    expect(heartbeatPace(smallest).stuckAfter).toBe(stuckAfter);
  });

  const pace = heartbeatPace(seconds(3));
  test.each([
    // last heard   last look    now          verdict
    [seconds(10), seconds(11.2), seconds(11.5), 'alive'],
    [seconds(10), seconds(11.2), micros(11_500_001), 'stuck'],
    // A look that comes seconds late says more about us than about the worker.
    [seconds(10), seconds(10.4), seconds(20), 'alive'],
  ] as const)('last heard at %s, looked at %s, now %s: %s', (lastHeardAt, lastLookAt, now, verdict) => {
    expect(look({ lastHeardAt, lastLookAt }, now, pace).verdict).toBe(verdict);
  });

  test('after a stall of our own the worker gets its whole time again', () => {
    const first = look({ lastHeardAt: seconds(1), lastLookAt: seconds(1) }, seconds(20), pace);
    expect(first.heartbeat.lastHeardAt).toBe(seconds(20));
    const later = look(first.heartbeat, plus(seconds(20), pace.pingEvery), pace);
    expect(later.verdict).toBe('alive');
  });
});

describe('what a worker says', () => {
  const instance = {
    name: 'V',
    phase: 'master',
    lastAdvertAt: 5,
    masterAdvertInterval: 1,
    masterDownInterval: 3,
    addresses: [
      {
        address: '10.0.0.1',
        prefixLength: 32,
        interface: 'eth0',
        scope: 0,
        noPrefixRoute: false,
        noTrack: false,
      },
    ],
    scripts: [],
  };

  test('is believed when it is of the contract; what JSON left out is undefined', () => {
    const { lastAdvertAt: _, ...never } = instance;
    const message = { kind: 'turn', facts: [{ kind: 'saved', instance: never }] };
    const parsed = fromVrrp.parse(JSON.parse(JSON.stringify(message)));
    expect(parsed).toEqual({
      kind: 'turn',
      facts: [{ kind: 'saved', instance: { ...never, lastAdvertAt: undefined } }],
    });
  });

  test.each([
    ['nothing', null],
    ['an unknown kind', { kind: 'hello' }],
    ['a text for a number', { kind: 'pong', sequence: '7' }],
    [
      'an address that is none',
      {
        kind: 'turn',
        facts: [
          {
            kind: 'saved',
            instance: { ...instance, addresses: [{ ...instance.addresses[0], address: '10.0.0.256' }] },
          },
        ],
      },
    ],
    [
      'a fraction of a microsecond',
      { kind: 'turn', facts: [{ kind: 'saved', instance: { ...instance, lastAdvertAt: 0.5 } }] },
    ],
    [
      'a command without a program',
      { kind: 'turn', facts: [{ kind: 'notify', command: { argv: [] }, extra: [] }] },
    ],
  ])('is refused when it is %s', (_, message) => {
    expect(fromVrrp.safeParse(message).success).toBe(false);
  });
});
