import type { VrrpInstance } from '@holdfast/config';
import { address, micros, seconds } from '@holdfast/kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { initialState, nextDeadline, step } from '../../src/logic/instance.ts';
import type { Outcome } from '../../src/logic/outcome.ts';
import type { InstanceEvent, InstanceState } from '../../src/logic/types.ts';
import { calm, instance, ourAddress, t0, vip } from '../support/instance.ts';

const config = fc.record({
  version: fc.constantFrom(2 as const, 3 as const),
  priority: fc.constantFrom(1, 50, 100, 254, 255),
  advertInterval: fc.constantFrom(seconds(1), seconds(3)),
  nopreempt: fc.boolean(),
  preemptDelay: fc.constantFrom(micros(0), seconds(2)),
  higherPrioritySendAdvert: fc.boolean(),
  lowerPriorityNoAdvert: fc.boolean(),
});
const configuration = config.map(
  (more): VrrpInstance =>
    instance({ ...more, ...(more.priority === 255 ? { nopreempt: false, preemptDelay: micros(0) } : {}) }),
);

const surroundings = fc.record({
  faults: fc.constantFrom([], [], [{ kind: 'interface-down', interface: 'eth0' } as const]),
  weight: fc.integer({ min: -300, max: 300 }),
  undecided: fc.boolean(),
  source: fc.constant(ourAddress),
});
const event: fc.Arbitrary<InstanceEvent> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<InstanceEvent>({ kind: 'deadline' }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('advert' as const),
      advert: fc.record({
        source: fc.constantFrom(address('10.0.0.1'), ourAddress, address('10.0.0.3')),
        priority: fc.constantFrom(0, 1, 50, 100, 254, 255),
        advertInterval: fc.constantFrom(seconds(1), seconds(3)),
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: surroundings.map((s): InstanceEvent => ({ kind: 'surroundings', surroundings: s })),
  },
  { weight: 1, arbitrary: fc.constant<InstanceEvent>({ kind: 'address-lost', address: vip('10.0.0.9') }) },
);
/** Events with the time that passes before each; `late` waits for the deadline first. */
const story = fc.array(fc.tuple(fc.integer({ min: 0, max: 4_000_000 }), event), { maxLength: 40 });

/** Plays a story, calling `check` after every step with the addresses held so far. */
function tell(
  c: VrrpInstance,
  events: readonly (readonly [number, InstanceEvent])[],
  check: (before: InstanceState, outcome: Outcome, now: number, held: boolean, event: InstanceEvent) => void,
): void {
  let now = t0;
  let held = false;
  let state = initialState(c, calm, now);
  for (const [passed, happening] of [[0, { kind: 'start', saved: undefined }] as const, ...events]) {
    now = micros(now + passed);
    const outcome = step(c, state, happening, now);
    for (const effect of outcome.effects) {
      if (effect.kind === 'add-addresses') held = true;
      if (effect.kind === 'remove-addresses') held = false;
    }
    check(state, outcome, now, held, happening);
    state = outcome.state;
  }
}

test('addresses are held exactly while master', () => {
  fc.assert(
    fc.property(configuration, story, (c, events) => {
      tell(c, events, (_before, { state }, _now, held) => expect(held).toBe(state.phase.kind === 'master'));
    }),
  );
});

test('after its deadline was served, the next one lies ahead', () => {
  fc.assert(
    fc.property(configuration, story, (c, events) => {
      tell(c, events, (_before, { state }, now, _held, happening) => {
        if (happening.kind === 'deadline') expect(nextDeadline(state) ?? Infinity).toBeGreaterThan(now);
      });
    }),
  );
});

test('priority 0 is said only by a master that leaves, once', () => {
  fc.assert(
    fc.property(configuration, story, (c, events) => {
      tell(c, events, (before, { state, effects }) => {
        const goodbyes = effects.filter((e) => e.kind === 'send-advert' && e.priority === 0).length;
        expect(goodbyes).toBeLessThanOrEqual(
          before.phase.kind === 'master' && state.phase.kind !== 'master' ? 1 : 0,
        );
      });
    }),
  );
});

test('every advert carries 0 or a priority that its router may have', () => {
  fc.assert(
    fc.property(configuration, story, (c, events) => {
      tell(c, events, (_before, { effects }) => {
        for (const e of effects) {
          if (e.kind !== 'send-advert' || e.priority === 0) continue;
          expect(e.priority).toBeGreaterThanOrEqual(1);
          expect(e.priority).toBeLessThanOrEqual(c.priority === 255 ? 255 : 254);
        }
      });
    }),
  );
});

test('a reload that changes nothing does nothing, in whatever state', () => {
  fc.assert(
    fc.property(configuration, story, (c, events) => {
      tell(c, events, (_before, { state }, now) => {
        const reloaded = step(c, state, { kind: 'reload', previous: c }, micros(now));
        expect(reloaded.effects).toEqual([]);
        expect(nextDeadline(reloaded.state)).toBe(nextDeadline(state));
      });
    }),
  );
});

test('our own words that come back change nothing', () => {
  fc.assert(
    fc.property(configuration, story, fc.integer({ min: 0, max: 255 }), (c, events, priority) => {
      tell(c, events, (_before, { state }, now) => {
        const own = { source: ourAddress, priority, advertInterval: seconds(1) };
        expect(step(c, state, { kind: 'advert', advert: own }, micros(now)).state).toBe(state);
      });
    }),
  );
});
