import { later, type Micros, plus } from '@holdfast/kit';
import { heldAddresses } from './addresses.ts';
import { advertise } from './advertise.ts';
import { announceAll, roundsOfNewMaster } from './garp-rounds.ts';
import { messages } from './messages.ts';
import type { Context, Part } from './outcome.ts';
import { effectivePriority } from './priority.ts';
import { masterDownInterval } from './timers.ts';
import type { Effect, FaultCause, InstanceState, NotifyState, Phase } from './types.ts';

/** What is known of how an instance gets into a phase. */
export interface Arrival {
  /** The first phase after the start: the log says so. */
  readonly init?: boolean;
  /** The phase that a predecessor reported already: its scripts are not run a second time. */
  readonly reported?: Phase['kind'] | undefined;
}

/** RFC 9568 §6.4.2 (105)-(140): advert, addresses, gratuitous ARPs, in this order; then keepalived's notify. */
export const enterMaster =
  (arrival: Arrival = {}): Part =>
  (context, state) => {
    const { config, now } = context;
    const own = {
      ...state,
      yieldsOwnership: false,
      masterAdvertInterval: config.advertInterval,
      intervalLearnt: false,
    };
    const sent = advertise(context, own);
    const phase: Phase = {
      kind: 'master',
      advertAt: plus(now, config.advertInterval),
      garps: roundsOfNewMaster(config, now),
      losses: [],
      contest: undefined,
    };
    return {
      state: {
        ...sent.state,
        counters: { ...sent.state.counters, becameMaster: sent.state.counters.becameMaster + 1 },
        enteredAt: now,
        phase,
      },
      effects: [
        ...sent.effects,
        { kind: 'add-addresses', addresses: heldAddresses(config) },
        ...announceAll(config, config.garp.masterRepeat),
        { kind: 'log', record: messages.entering(config.name, 'MASTER', arrival.init === true) },
        { kind: 'log', record: messages.addressesSet(config.name) },
        ...intervalReturned(context, state),
        ...notification(context, own, 'MASTER', arrival.reported === 'master'),
      ],
    };
  };

/** @param timer until this master takes over when it hears nothing; by default the whole Master_Down_Interval */
export const enterBackup =
  (arrival: Arrival = {}, timer?: Micros): Part =>
  (context, state) => ({
    state: {
      ...state,
      enteredAt: context.now,
      phase: {
        kind: 'backup',
        masterDownAt: plus(earliest(context, state), timer ?? downInterval(context, state)),
        preemptAt: undefined,
      },
    },
    effects: [
      { kind: 'log', record: messages.entering(context.config.name, 'BACKUP', arrival.init === true) },
      ...notification(context, state, 'BACKUP', arrival.reported === 'backup'),
    ],
  });

/** keepalived's FAULT: it hears and says nothing until the last cause is gone. */
export const enterFault =
  (causes: readonly FaultCause[], arrival: Arrival = {}): Part =>
  (context, state) => ({
    state: { ...state, enteredAt: context.now, phase: { kind: 'fault', causes } },
    effects: [
      ...causes.map(
        (cause): Effect => ({ kind: 'log', record: messages.faultCause(context.config.name, cause) }),
      ),
      { kind: 'log', record: messages.entering(context.config.name, 'FAULT', arrival.init === true) },
      ...notification(context, state, 'FAULT', arrival.reported === 'fault'),
    ],
  });

/** Neither heard nor said anything, nothing held, nobody told. */
export const enterInit =
  (waitsFor: 'scripts' | 'nothing'): Part =>
  ({ now }, state) => ({
    state: { ...state, enteredAt: now, phase: { kind: 'init', waitsFor } },
    effects: [],
  });

/** Master_Down_Interval as of now. */
export function downInterval({ config }: Context, state: InstanceState): Micros {
  return masterDownInterval(config, effectivePriority(config, state), state.masterAdvertInterval);
}

/** Timers start now, or at the end of `vrrp_startup_delay`. */
function earliest({ now }: Context, { quietUntil }: InstanceState): Micros {
  return later(now, quietUntil ?? now);
}

function intervalReturned({ config }: Context, before: InstanceState): readonly Effect[] {
  const { masterAdvertInterval: learnt } = before;
  if (learnt === config.advertInterval) return [];
  return [
    { kind: 'log', record: messages.intervalChanged(config.name, learnt, config.advertInterval, 'own') },
  ];
}

/** keepalived.conf(5) `notify`: with the priority that counts. */
export function notification(
  { config }: Context,
  state: InstanceState,
  to: NotifyState,
  known = false,
): readonly Effect[] {
  return known ? [] : [{ kind: 'notify', state: to, priority: effectivePriority(config, state) }];
}
