import { address, plus, seconds } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { causeOf } from '../../src/logic/cause.ts';
import { initialState, nextDeadline, step } from '../../src/logic/instance.ts';
import { savedInstance } from '../../src/logic/saved.ts';
import type { InstanceEvent, InstanceState } from '../../src/logic/types.ts';
import { around, at, backup, calm, heard, instance, master, play, t0, vip } from '../support/instance.ts';

const config = instance();
const fresh = initialState(config, calm, t0);
const deadline: InstanceEvent = { kind: 'deadline' };
const source = address('10.0.0.3');
/** A backup that has heard these priorities, one each second, and the end of its timer. */
function waited(...priorities: readonly number[]) {
  const events = priorities.map((priority, n) => [at(n + 1), heard(priority)] as const);
  const state = play(config, events, backup(config)).state;
  return { state, due: nextDeadline(state) ?? t0 };
}
const serving = master(config);
const lossOf = (n: number) =>
  [plus(serving.since, seconds(n)), { kind: 'address-lost', address: vip('10.0.0.9') }] as const;

/** Steps, and names the cause. */
function cause(state: InstanceState, event: InstanceEvent, now: ReturnType<typeof at>, own = config): string {
  const after = step(own, state, event, now).state;
  expect(after.phase.kind, 'a transition').not.toBe(state.phase.kind);
  const { kind, text } = causeOf({ config: own, before: state, event, after, now });
  return `${kind}: ${text}`;
}

test.each([
  ['nobody there', waited(), 'master-silent: no master was heard for 3.609 s'],
  ['a master fell silent', waited(150, 150), 'master-silent: the master 10.0.0.3 was silent for 3.609 s'],
  ['a master said goodbye', waited(150, 0), 'master-left: the master 10.0.0.3 said goodbye (priority 0)'],
  [
    'a lower priority was heard to the last',
    waited(50, 50, 50),
    'lower-priority-master: the master 10.0.0.3 has the lower priority 50, ours is 100',
  ],
  [
    'a master that followed one who said goodbye, and fell silent',
    waited(150, 0, 120),
    'master-silent: the master 10.0.0.3 was silent for 3.609 s',
  ],
])('becoming master because of %s', (_, { state, due }, expected) => {
  expect(cause(state, deadline, due)).toBe(expected);
});

const interfaceDown = around({ faults: [{ kind: 'interface-down', interface: 'eth0' }] });
const faulty = step(config, backup(config), interfaceDown, at(1)).state;
const undecided = play(config, [[t0, { kind: 'start', saved: undefined }]], {
  ...fresh,
  surroundings: { ...calm, undecided: true },
}).state;

test.each<readonly [string, InstanceState, InstanceEvent, string]>([
  ['a start', fresh, { kind: 'start', saved: undefined }, 'started: the daemon started'],
  [
    'a start after another worker',
    fresh,
    { kind: 'start', saved: savedInstance(config, backup(config), []) },
    'started: the worker was replaced',
  ],
  [
    'a higher priority',
    serving.state,
    heard(150, { source }),
    'higher-priority-heard: 10.0.0.3 has the higher priority 150, ours is 100',
  ],
  [
    'a higher address',
    serving.state,
    heard(100, { source }),
    'same-priority-heard: 10.0.0.3 has the same priority 100 and the higher address',
  ],
  ['a fault', backup(config), interfaceDown, 'fault: interface eth0 is down'],
  ['the end of a fault', faulty, around({}), 'fault-over: nothing is in the way any more'],
  ['results of scripts', undecided, around({}), 'scripts-decided: every tracked script has a result now'],
  ['an operator', serving.state, { kind: 'handover', on: true }, 'handed-over: an operator handed it over'],
  [
    'the end of the daemon',
    serving.state,
    { kind: 'stop', release: true, deleted: false },
    'stopped: the daemon stops',
  ],
  [
    'a reload without it',
    serving.state,
    { kind: 'stop', release: true, deleted: true },
    'stopped: it is not in the configuration any more',
  ],
])('a transition because of %s', (_, state, event, expected) => {
  expect(cause(state, event, at(100))).toBe(expected);
});

test('a master goes on after its worker died', () => {
  const saved = savedInstance(config, serving.state, []);
  const now = plus(serving.since, seconds(0.2));
  expect(cause(fresh, { kind: 'start', saved }, now)).toBe(
    'resumed: the worker was replaced in time to go on',
  );
});

test('an address that somebody deletes again and again', () => {
  const { state } = play(config, [lossOf(0.1), lossOf(0.2), lossOf(0.3)], serving.state);
  const [now, event] = lossOf(0.4);
  expect(cause(state, event, now)).toBe('address-keeps-vanishing: somebody deletes 10.0.0.9 again and again');
});

test('nobody answers a handover', () => {
  const handed = step(config, serving.state, { kind: 'handover', on: true }, serving.since).state;
  expect(cause(handed, deadline, nextDeadline(handed) ?? t0)).toBe(
    'handover-unanswered: handed over, but no other router answered for 3.996 s',
  );
});
