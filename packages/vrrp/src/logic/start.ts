import { later, type Micros, micros, minus, plus } from '@holdfast/kit';
import { addressesMissing, heldAddresses } from './addresses.ts';
import { type Arrival, enterBackup, enterFault, enterInit, enterMaster } from './enter.ts';
import { announceAll, roundsOfNewMaster } from './garp-rounds.ts';
import { removeLeftOvers } from './leave.ts';
import { messages } from './messages.ts';
import { type Context, inOrder, type Outcome, only, type Part } from './outcome.ts';
import { resumeUntil } from './saved.ts';
import type { Effect, InstanceState, SavedInstance } from './types.ts';

/**
 * RFC 9568 §6.4.1, and what a predecessor left: its addresses may still be there. They are adopted where the instance
 * may go on as master, or is the address owner; everybody else takes them away before listening.
 */
export function start(
  context: Context,
  fresh: InstanceState,
  saved: SavedInstance | undefined,
  quietUntil: Micros | undefined,
): Outcome {
  const state = withMemory(context.config, { ...fresh, quietUntil }, saved);
  const stale = only(...addressesOfOldFile(context, saved));
  if (saved !== undefined && mayResume(context, state, saved)) return inOrder(context, state, stale, resume);
  const wasMaster = saved?.phase === 'master' ? [log(messages.notResumed(context.config.name))] : [];
  const clean = entersAsMaster(context, state) ? [] : [removeLeftOvers];
  return inOrder(
    context,
    state,
    stale,
    ...wasMaster,
    ...clean,
    settle({ init: true, reported: saved?.phase }),
  );
}

/** What the predecessor held and the configuration, reloaded since, does not name any more. */
function addressesOfOldFile({ config }: Context, saved: SavedInstance | undefined): readonly Effect[] {
  const addresses = addressesMissing(saved?.addresses ?? [], heldAddresses(config));
  return addresses.length > 0 ? [{ kind: 'remove-addresses', addresses }] : [];
}

/** Where an instance belongs that is neither backup nor master: at the start, and when a FAULT or a wait is over. */
export const settle =
  (arrival: Arrival = {}): Part =>
  (context, state) => {
    const { faults, undecided } = state.surroundings;
    if (faults.length > 0) return enterFault(faults, arrival)(context, state);
    if (undecided) return enterInit('scripts')(context, state);
    if (entersAsMaster(context, state)) return enterMaster(arrival)(context, state);
    // An owner that has to keep quiet first takes over when that time ends: it waits for nobody.
    return context.config.priority === 255 && !state.handedOver
      ? enterBackup(arrival, micros(0))(context, state)
      : enterBackup(arrival)(context, state);
  };

/** Only the address owner becomes master without listening first, and not during `vrrp_startup_delay`. */
function entersAsMaster({ config, now }: Context, state: InstanceState): boolean {
  const quiet = state.quietUntil !== undefined && now < state.quietUntil;
  const { faults, undecided } = state.surroundings;
  return config.priority === 255 && !quiet && !state.handedOver && faults.length === 0 && !undecided;
}

/** Scripts are not waited for: the predecessor was master, so they were good a moment ago. */
function mayResume({ now }: Context, state: InstanceState, saved: SavedInstance): boolean {
  const until = resumeUntil(saved);
  return (
    saved.phase === 'master' && until !== undefined && now < until && state.surroundings.faults.length === 0
  );
}

/** Goes on where the predecessor stopped: nobody is notified, nothing is removed, the advert is not late. */
function resume(context: Context, state: InstanceState): Outcome {
  const { config, now } = context;
  const last = state.lastAdvertAt ?? now;
  const due = plus(last, config.advertInterval);
  const resumed: InstanceState = {
    ...state,
    masterAdvertInterval: config.advertInterval,
    intervalLearnt: false,
    enteredAt: now,
    phase: {
      kind: 'master',
      advertAt: later(due, now),
      garps: roundsOfNewMaster(config, now),
      losses: [],
      contest: undefined,
    },
  };
  return inOrder(
    context,
    resumed,
    only({ kind: 'add-addresses', addresses: heldAddresses(config) }),
    only(...announceAll(config, config.garp.masterRepeat)),
    log(messages.resumed(config.name, minus(now, last))),
  );
}

/** An interval counts on only where it can be a master's: all others go by their own, which the file says anew. */
function withMemory(
  config: Context['config'],
  state: InstanceState,
  saved: SavedInstance | undefined,
): InstanceState {
  if (saved === undefined) return state;
  const remembered = { ...state, lastAdvertAt: saved.lastAdvertAt };
  const hasListened = saved.phase === 'backup' || saved.phase === 'fault';
  if (config.version === 2 || !hasListened) return remembered;
  return {
    ...remembered,
    masterAdvertInterval: saved.masterAdvertInterval,
    intervalLearnt: saved.masterAdvertInterval !== state.masterAdvertInterval,
  };
}

const log = (record: ReturnType<typeof messages.notResumed>): Part => only({ kind: 'log', record });
