import type { VrrpInstance } from '@holdfast/config';
import { addressesMissing, heldAddresses } from './addresses.ts';
import { advertiseNow } from './advertise.ts';
import { logPriority, shiftTimer } from './change.ts';
import { announceAll, refresh, secondBlock, withRounds } from './garp-rounds.ts';
import { messages } from './messages.ts';
import { type Context, inOrder, type Outcome, only, type Part, unchanged } from './outcome.ts';
import { effectivePriority } from './priority.ts';
import type { Effect, InstanceState } from './types.ts';

/**
 * Another configuration for the same virtual router: the state stays. A master says no priority 0 and delays no
 * advert; it sends one at once where what it says has changed. A backup's timer moves by what the values change.
 */
export function reload(context: Context, before: InstanceState, previous: VrrpInstance): Outcome {
  const old: Context = { ...context, config: previous };
  const state = withInterval(context, before, previous);
  const common = inOrder(context, state, logPriority(before, old), shiftTimer(before, old));
  if (common.state.phase.kind !== 'master') return common;
  const changed = saysOtherwise(context, common.state, old, before);
  const outcome = inOrder(
    context,
    common.state,
    exchangeAddresses(previous),
    otherRefresh(previous),
    ...(changed ? [advertiseNow] : []),
  );
  return { state: outcome.state, effects: [...common.effects, ...outcome.effects] };
}

/** The own interval counts anew, but v3 keeps what it has learnt from a master. */
function withInterval({ config }: Context, state: InstanceState, previous: VrrpInstance): InstanceState {
  const learnt =
    state.phase.kind === 'backup' && config.version === 3 && previous.version === 3 && state.intervalLearnt;
  return learnt ? state : { ...state, masterAdvertInterval: config.advertInterval };
}

/** New ones first, so that an address whose prefix length changes is never away. */
const exchangeAddresses =
  (previous: VrrpInstance): Part =>
  ({ config, now }, state) => {
    if (state.phase.kind !== 'master') return unchanged(state);
    const added = addressesMissing(heldAddresses(config), heldAddresses(previous));
    const gone = addressesMissing(heldAddresses(previous), heldAddresses(config));
    if (added.length + gone.length === 0) return unchanged(state);
    const effects: readonly Effect[] = [
      ...(added.length > 0 ? [{ kind: 'add-addresses', addresses: added } as const] : []),
      ...(gone.length > 0 ? [{ kind: 'remove-addresses', addresses: gone } as const] : []),
      ...(added.length > 0 ? announceAll(config, config.garp.masterRepeat) : []),
      { kind: 'log', record: messages.reloadedAddresses(config.name, added.length, gone.length) },
    ];
    const garps =
      added.length > 0 ? withRounds(state.phase.garps, secondBlock(config, now)) : state.phase.garps;
    return { state: { ...state, phase: { ...state.phase, garps } }, effects };
  };

const otherRefresh =
  (previous: VrrpInstance): Part =>
  ({ config, now }, state) => {
    if (state.phase.kind !== 'master' || config.garp.masterRefresh === previous.garp.masterRefresh) {
      return unchanged(state);
    }
    const others = state.phase.garps.filter(({ reason }) => reason !== 'refresh');
    const garps = withRounds(others, refresh(config, now));
    return inOrder({ config, now }, { ...state, phase: { ...state.phase, garps } }, only());
  };

/** Whether the next advert would differ from the last one, or come at another pace. */
function saysOtherwise(context: Context, state: InstanceState, old: Context, before: InstanceState): boolean {
  const said = ({ config }: Context, from: InstanceState): string =>
    JSON.stringify([
      effectivePriority(config, from),
      config.advertInterval,
      config.version,
      config.authentication,
      config.sourceAddress,
      config.unicastPeers,
      config.virtualAddresses.map(({ address }) => address),
    ]);
  return said(context, state) !== said(old, before);
}
