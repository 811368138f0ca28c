import { type Micros, plus } from '@holdfast/kit';
import { downInterval, enterMaster } from './enter.ts';
import { leave } from './leave.ts';
import { messages } from './messages.ts';
import { type Context, inOrder, type Outcome, only, type Part, unchanged } from './outcome.ts';
import { effectivePriority } from './priority.ts';
import { skewTime } from './timers.ts';
import type { Effect, HeardAdvert, InstanceState, Phase } from './types.ts';

type Backup = Extract<Phase, { kind: 'backup' }>;

/** RFC 9568 §6.4.2, with keepalived's `preempt_delay`. The advert has passed every check of the receive path. */
export function backupHears(
  context: Context,
  state: InstanceState,
  phase: Backup,
  advert: HeardAdvert,
): Outcome {
  if (advert.priority === 0) return inOrder(context, state, masterLeaves(phase, advert));
  if (context.config.nopreempt || advert.priority >= effectivePriority(context.config, state)) {
    return inOrder(context, state, follow(phase, advert, undefined));
  }
  return lowerPriority(context, state, phase, advert);
}

/** Master_Down_Timer: nobody was heard for long enough. */
export function masterDown(context: Context, state: InstanceState, phase: Backup): Outcome {
  if (context.now < phase.masterDownAt) return unchanged(state);
  return inOrder(
    context,
    state,
    only({ kind: 'log', record: messages.masterTimeout(context.config.name) }, ...nobodyElse(context, state)),
    leave('silent'),
    enterMaster(),
  );
}

/** It was handed over, and nobody took it: the service comes first. */
const nobodyElse = ({ config }: Context, { handedOver }: InstanceState): readonly Effect[] =>
  handedOver ? [{ kind: 'log', record: messages.handoverUnanswered(config.name) }] : [];

/** The timer runs for the skew only, whatever Preempt_Mode says (RFC 9568 §6.4.2). */
const masterLeaves =
  (phase: Backup, advert: HeardAdvert): Part =>
  ({ config, now }, state) => {
    const skew = skewTime(config, effectivePriority(config, state), state.masterAdvertInterval);
    return {
      state: { ...state, phase: { ...phase, masterDownAt: plus(now, skew), goodbyeFrom: advert.source } },
      effects: [{ kind: 'log', record: messages.priorityZeroReceived(config.name, advert.source) }],
    };
  };

/**
 * A lower priority than ours: the timer is left running, so that we take over when it ends (RFC 9568 §6.4.2). While
 * `preempt_delay` runs, the other one is followed all the same; it starts with the first such advert.
 */
function lowerPriority(context: Context, state: InstanceState, phase: Backup, advert: HeardAdvert): Outcome {
  const { config, now } = context;
  const preemptAt = phase.preemptAt ?? plus(now, config.preemptDelay);
  if (config.preemptDelay > 0 && now < preemptAt) {
    const started: readonly Effect[] =
      phase.preemptAt === undefined
        ? [{ kind: 'log', record: messages.preemptDelayStarted(config.name, config.preemptDelay) }]
        : [];
    return inOrder(context, state, only(...started), follow(phase, advert, preemptAt));
  }
  const discarded: Effect = {
    kind: 'log',
    record: messages.lowerPriorityDiscarded(config.name, advert.source, advert.priority),
  };
  return inOrder(context, state, remember(advert), only(discarded));
}

/** The sender is the master: the whole timer anew, v3 with its interval (RFC 9568 §6.4.2). */
const follow =
  (phase: Backup, advert: HeardAdvert, preemptAt: Micros | undefined): Part =>
  (context, before) => {
    const stopped = phase.preemptAt !== undefined && preemptAt === undefined;
    const outcome = inOrder(context, before, remember(advert), learnInterval(advert));
    const masterDownAt = plus(context.now, downInterval(context, outcome.state));
    return {
      state: { ...outcome.state, phase: { kind: 'backup', masterDownAt, preemptAt } },
      effects: stopped
        ? [...outcome.effects, { kind: 'log', record: messages.preemptDelayStopped(context.config.name) }]
        : outcome.effects,
    };
  };

/** v3 takes the master's interval over (RFC 9568 §6.1); v2 never does, as it accepts no other than its own. */
export const learnInterval =
  (advert: HeardAdvert): Part =>
  ({ config }, state) => {
    const from = state.masterAdvertInterval;
    if (config.version === 2) return unchanged(state);
    if (advert.advertInterval === from) return unchanged({ ...state, intervalLearnt: true });
    return {
      state: { ...state, masterAdvertInterval: advert.advertInterval, intervalLearnt: true },
      effects: [
        { kind: 'log', record: messages.intervalChanged(config.name, from, advert.advertInterval, 'master') },
      ],
    };
  };

/** Who was heard last, and with which priority: for the status, and to log a change of master once. */
export const remember =
  (advert: HeardAdvert): Part =>
  ({ config, now }, state) => {
    const before = state.master;
    const changed = before?.address !== advert.source;
    return {
      state: { ...state, master: { address: advert.source, priority: advert.priority, heardAt: now } },
      effects: changed
        ? [{ kind: 'log', record: messages.masterChanged(config.name, before?.address, advert.source) }]
        : [],
    };
  };
