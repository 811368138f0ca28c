import type { VrrpInstance } from '@holdfast/config';
import { type Micros, micros, unreachable } from '@holdfast/kit';
import { addressLost } from './address-loss.ts';
import { backupHears, masterDown } from './backup.ts';
import { surroundingsChange } from './change.ts';
import { handover } from './handover.ts';
import { masterDeadline, masterHears } from './master.ts';
import { messages } from './messages.ts';
import { type Context, inOrder, type Outcome, only, unchanged } from './outcome.ts';
import { effectivePriority } from './priority.ts';
import { reload } from './reload.ts';
import { start } from './start.ts';
import { stay, stop } from './stop.ts';
import type { HeardAdvert, InstanceCounters, InstanceEvent, InstanceState, Surroundings } from './types.ts';

/**
 * One virtual router, decided: RFC 9568 §6.4 (and RFC 3768 §6.4 for v2) with keepalived's FAULT, tracking and delays.
 * A pure function of its arguments; an event without a meaning in the present phase returns the very same state.
 * @param config the configuration in force; for `reload` already the new one
 * @param now microseconds of the monotonic clock
 */
export function step(config: VrrpInstance, state: InstanceState, event: InstanceEvent, now: Micros): Outcome {
  const context: Context = { config, now };
  switch (event.kind) {
    case 'start':
      return begin(context, state, event);
    case 'deadline':
      return deadline(context, state);
    case 'advert':
      return advertHeard(context, state, event.advert);
    case 'surroundings':
      return surroundingsChange(context, state, event.surroundings);
    case 'address-failed':
      return inOrder(
        context,
        state,
        only({ kind: 'log', record: messages.addressFailed(config.name, event.address, event.error) }),
      );
    case 'address-lost':
      return addressLost(context, state, event.address);
    case 'handover':
      return handover(context, state, event.on);
    case 'reload':
      return reload(context, state, event.previous);
    case 'stop':
      return event.staying === true
        ? stay(context, state)
        : stop(context, state, event.release, event.deleted);
    default:
      return unreachable(event);
  }
}

/** One that a dead predecessor held as master, and that was handed over since, is given up in order. */
function begin(
  context: Context,
  state: InstanceState,
  { saved, quietUntil, handedOver = false }: Extract<InstanceEvent, { kind: 'start' }>,
): Outcome {
  const isNews = handedOver && saved?.phase === 'master' && saved.handedOver !== true;
  const begun = start(context, { ...state, handedOver: handedOver && !isNews }, saved, quietUntil);
  if (!isNews) return begun;
  const given = handover(context, begun.state, true);
  return { state: given.state, effects: [...begun.effects, ...given.effects] };
}

/** When `deadline` is due next; `undefined` while nothing but an event can move the instance. */
export function nextDeadline(state: InstanceState): Micros | undefined {
  const { phase } = state;
  switch (phase.kind) {
    case 'init':
    case 'fault':
      return undefined;
    case 'backup':
      return phase.masterDownAt;
    case 'master':
      return micros(Math.min(phase.advertAt, ...phase.garps.map(({ at }) => at)));
    default:
      return unreachable(phase);
  }
}

/** Before `start`: nothing has been heard or said. */
export function initialState(config: VrrpInstance, surroundings: Surroundings, now: Micros): InstanceState {
  return {
    surroundings,
    counters: noCounts,
    master: undefined,
    masterAdvertInterval: config.advertInterval,
    intervalLearnt: false,
    lastAdvertAt: undefined,
    enteredAt: now,
    quietUntil: undefined,
    yieldsOwnership: false,
    handedOver: false,
    phase: { kind: 'init', waitsFor: 'start' },
  };
}

export const noCounts: InstanceCounters = {
  advertsReceived: 0,
  advertsSent: 0,
  becameMaster: 0,
  releasedMaster: 0,
  priorityZeroReceived: 0,
  priorityZeroSent: 0,
};

function deadline(context: Context, state: InstanceState): Outcome {
  const due = nextDeadline(state);
  if (due === undefined || context.now < due) return unchanged(state);
  const { phase } = state;
  if (phase.kind === 'backup') return masterDown(context, state, phase);
  if (phase.kind === 'master') return masterDeadline(context, state, phase);
  return unchanged(state);
}

function advertHeard(context: Context, before: InstanceState, advert: HeardAdvert): Outcome {
  if (isNothingToUs(context, before, advert)) return unchanged(before);
  const state = { ...before, counters: counted(before.counters, advert) };
  const { phase } = state;
  if (phase.kind === 'backup') return backupHears(context, ownershipReturned(state, advert), phase, advert);
  if (phase.kind === 'master') return masterHears(context, state, phase, advert);
  return unchanged(before);
}

/** Our own words that came back, the time of `vrrp_startup_delay`, and an owner that is told not to listen. */
function isNothingToUs({ config, now }: Context, state: InstanceState, advert: HeardAdvert): boolean {
  if (advert.source === state.surroundings.source) return true;
  if (state.quietUntil !== undefined && now < state.quietUntil) return true;
  return config.ownerIgnoreAdverts && effectivePriority(config, state) === 255;
}

function counted(counters: InstanceCounters, advert: HeardAdvert): InstanceCounters {
  return {
    ...counters,
    advertsReceived: counters.advertsReceived + 1,
    priorityZeroReceived: counters.priorityZeroReceived + (advert.priority === 0 ? 1 : 0),
  };
}

/** An owner that yielded is one again when the other one has gone, or is no owner any more (V-MA-16). */
function ownershipReturned(state: InstanceState, advert: HeardAdvert): InstanceState {
  const sameOwner = advert.priority === 255 && advert.source === state.master?.address;
  return state.yieldsOwnership && !sameOwner ? { ...state, yieldsOwnership: false } : state;
}
