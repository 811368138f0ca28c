import type { VirtualAddress, VrrpInstance } from '@holdfast/config';
import { address, type Micros, micros, seconds, unreachable } from '@holdfast/kit';
import { initialState, step } from '../../src/logic/instance.ts';
import type { Outcome } from '../../src/logic/outcome.ts';
import type {
  HeardAdvert,
  InstanceEvent,
  InstanceState,
  Phase,
  Surroundings,
} from '../../src/logic/types.ts';

/** Our own address in all these tests; 10.0.0.1 is lower, 10.0.0.3 is higher. */
export const ourAddress = address('10.0.0.2');

export const vip = (text: string, more: Partial<VirtualAddress> = {}): VirtualAddress => ({
  address: address(text),
  prefixLength: 24,
  interface: 'eth0',
  scope: 0,
  label: undefined,
  broadcast: undefined,
  peer: undefined,
  noPrefixRoute: false,
  noTrack: false,
  ...more,
});

/** keepalived's defaults, priority 100, one address. */
export const instance = (more: Partial<VrrpInstance> = {}): VrrpInstance => ({
  name: 'VI_1',
  interface: 'eth0',
  family: 4,
  version: 2,
  virtualRouterId: 51,
  initialState: 'BACKUP',
  priority: 100,
  advertInterval: seconds(1),
  authentication: { type: 'none' },
  nopreempt: false,
  preemptDelay: micros(0),
  downTimerAdverts: 3,
  sourceAddress: undefined,
  multicastDestination: address('224.0.0.18'),
  unicastPeers: [],
  unicastTtl: 255,
  checkUnicastSource: false,
  virtualAddresses: [vip('10.0.0.9')],
  excludedAddresses: [],
  trackScripts: [],
  trackInterfaces: [],
  dontTrackPrimary: false,
  garp: {
    masterDelay: seconds(5),
    masterRepeat: 5,
    masterRefresh: micros(0),
    masterRefreshRepeat: 1,
    lowerPriorityDelay: seconds(5),
    lowerPriorityRepeat: 5,
  },
  lowerPriorityNoAdvert: false,
  higherPrioritySendAdvert: false,
  ownerIgnoreAdverts: false,
  skipCheckAdvertAddresses: false,
  strict: false,
  checksumWithoutPseudoHeader: false,
  promoteSecondaries: false,
  notify: { reportDeleted: false },
  notifyPriorityChanges: false,
  ...more,
});

export const calm: Surroundings = { faults: [], weight: 0, undecided: false, source: ourAddress };

/** A long way from 0, so that a wrong default shows. */
export const t0: Micros = seconds(1000);

/** `at(1.5)`: 1.5 s after the start of the test. */
export const at = (s: number): Micros => micros(t0 + s * 1e6);

export const advert = (priority: number, more: Partial<HeardAdvert> = {}): HeardAdvert => ({
  source: address('10.0.0.3'),
  priority,
  advertInterval: seconds(1),
  ...more,
});

/** Plays events one after the other and gives the last outcome. */
export function play(
  config: VrrpInstance,
  events: readonly (readonly [Micros, InstanceEvent])[],
  from: InstanceState = initialState(config, calm, t0),
): Outcome {
  let outcome: Outcome = { state: from, effects: [] };
  for (const [now, event] of events) outcome = step(config, outcome.state, event, now);
  return outcome;
}

export const start: InstanceEvent = { kind: 'start', saved: undefined };
export const heard = (priority: number, more?: Partial<HeardAdvert>): InstanceEvent => ({
  kind: 'advert',
  advert: advert(priority, more),
});
export const around = (more: Partial<Surroundings>): InstanceEvent => ({
  kind: 'surroundings',
  surroundings: { ...calm, ...more },
});

/** A backup since t0. */
export const backup = (config: VrrpInstance): InstanceState => play(config, [[t0, start]]).state;

/** A master since `since`: by the timer, or an owner at once. */
export function master(config: VrrpInstance): { readonly state: InstanceState; readonly since: Micros } {
  const listening = backup(config);
  if (listening.phase.kind === 'master') return { state: listening, since: t0 };
  const since = phaseOf(listening, 'backup').masterDownAt;
  return { state: step(config, listening, { kind: 'deadline' }, since).state, since };
}

/** The phase, asserted to be of this kind. */
export function phaseOf<K extends Phase['kind']>(state: InstanceState, kind: K): Extract<Phase, { kind: K }> {
  const { phase } = state;
  if (!isKind(phase, kind)) throw new TypeError(`the phase is ${phase.kind}, not ${kind}`);
  return phase;
}

function isKind<K extends Phase['kind']>(phase: Phase, kind: K): phase is Extract<Phase, { kind: K }> {
  return phase.kind === kind;
}

/** The effects in words, without the log: `advert 100`, `add 10.0.0.9`, `announce 10.0.0.9 x5`, `notify MASTER 100`. */
export function deeds({ effects }: Outcome): readonly string[] {
  return effects.flatMap((effect) => {
    switch (effect.kind) {
      case 'log':
        return [];
      case 'send-advert':
        return [`advert ${effect.priority}`];
      case 'add-addresses':
        return [`add ${effect.addresses.map((a) => a.address).join(' ')}`];
      case 'remove-addresses':
        return [`remove ${effect.addresses.map((a) => a.address).join(' ')}`];
      case 'announce':
        return [`announce ${effect.addresses.map((a) => a.address).join(' ')} x${effect.repeat}`];
      case 'notify':
        return [`notify ${effect.state} ${effect.priority}`];
      case 'notify-lower-priority':
        return [`notify-lower-priority ${effect.priority}`];
      default:
        return unreachable(effect);
    }
  });
}

/** The sentences logged; `detail` ones too. */
export const sentences = ({ effects }: Outcome): readonly string[] =>
  effects.flatMap((effect) => (effect.kind === 'log' ? [effect.record.text] : []));
