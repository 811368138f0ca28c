import { type Micros, micros, unreachable } from '@holdfast/kit';
import { downInterval, enterFault } from './enter.ts';
import { leave } from './leave.ts';
import { messages } from './messages.ts';
import { type Context, inOrder, type Outcome, type Part, unchanged } from './outcome.ts';
import { effectivePriority } from './priority.ts';
import { settle } from './start.ts';
import type { Effect, FaultCause, InstanceState, Surroundings } from './types.ts';

/** The world around has changed: priority first, then whether the instance may take part at all. */
export function surroundingsChange(
  context: Context,
  before: InstanceState,
  surroundings: Surroundings,
): Outcome {
  const state = { ...before, surroundings };
  switch (before.phase.kind) {
    case 'init':
      return before.phase.waitsFor === 'scripts' && !surroundings.undecided
        ? inOrder(context, state, settle({ init: true }))
        : inOrder(context, state, faultWhileInit(surroundings));
    case 'fault':
      return surroundings.faults.length === 0
        ? inOrder(context, state, logPriority(before), settle())
        : inOrder(context, state, logPriority(before), otherCauses(before.phase.causes));
    case 'backup':
    case 'master':
      return surroundings.faults.length > 0
        ? inOrder(context, state, logPriority(before), leave('priority-0'), enterFault(surroundings.faults))
        : inOrder(context, state, logPriority(before), shiftTimer(before));
    default:
      return unreachable(before.phase);
  }
}

/**
 * In BACKUP the running timer moves by the difference of the two Master_Down_Intervals: what has been waited already
 * still counts (keepalived's rule; it never makes the time up to a takeover start anew).
 */
export const shiftTimer =
  (before: InstanceState, beforeContext?: Context): Part =>
  (context, state) => {
    const { phase } = state;
    if (phase.kind !== 'backup') return unchanged(state);
    const shift = downInterval(context, state) - downInterval(beforeContext ?? context, before);
    if (shift === 0) return unchanged(state);
    const masterDownAt: Micros = micros(Math.max(context.now, phase.masterDownAt + shift));
    return { state: { ...state, phase: { ...phase, masterDownAt } }, effects: [] };
  };

/** An election may follow from another priority: the log says so beforehand. */
export const logPriority =
  (before: InstanceState, beforeContext?: Context): Part =>
  (context, state) => {
    const from = effectivePriority((beforeContext ?? context).config, before);
    const to = effectivePriority(context.config, state);
    if (from === to) return unchanged(state);
    return {
      state,
      effects: [{ kind: 'log', record: messages.priorityChanged(context.config.name, from, to) }],
    };
  };

const faultWhileInit =
  ({ faults }: Surroundings): Part =>
  (context, state) =>
    faults.length > 0 && state.phase.kind === 'init' && state.phase.waitsFor === 'scripts'
      ? enterFault(faults, { init: true })(context, state)
      : unchanged(state);

const otherCauses =
  (before: readonly FaultCause[]): Part =>
  ({ config }, state) => {
    const now = state.surroundings.faults;
    const log = (causes: readonly FaultCause[], sentence: typeof messages.faultCause): readonly Effect[] =>
      causes.map((cause) => ({ kind: 'log', record: sentence(config.name, cause) }));
    return {
      state: { ...state, phase: { kind: 'fault', causes: now } },
      effects: [
        ...log(causesMissing(now, before), messages.faultCause),
        ...log(causesMissing(before, now), messages.faultGone),
      ],
    };
  };

function causesMissing(ours: readonly FaultCause[], others: readonly FaultCause[]): readonly FaultCause[] {
  const key = (cause: FaultCause): string => JSON.stringify(cause);
  const known = new Set(others.map(key));
  return ours.filter((cause) => !known.has(key(cause)));
}
