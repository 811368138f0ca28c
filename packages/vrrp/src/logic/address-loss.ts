import type { VirtualAddress } from '@holdfast/config';
import { minus, seconds } from '@holdfast/kit';
import { addressKey, heldAddresses } from './addresses.ts';
import { enterBackup } from './enter.ts';
import { leave } from './leave.ts';
import { messages } from './messages.ts';
import { type Context, inOrder, type Outcome, only, unchanged } from './outcome.ts';
import { effectivePriority } from './priority.ts';
import { skewTime } from './timers.ts';
import type { InstanceState } from './types.ts';

/** One address may be put back this often within `window`; the next time the instance gives up being master. */
const patience = { times: 3, window: seconds(10) };

/**
 * Somebody deleted an address of a master. It is put back at once and announced; whoever deletes it again and again
 * does not want it here, so then another router gets its turn, as keepalived does it the first time already: priority
 * 0, everything removed, and a timer of the skew only.
 */
export function addressLost(context: Context, state: InstanceState, lost: VirtualAddress): Outcome {
  const { config, now } = context;
  const { phase } = state;
  if (phase.kind !== 'master' || lost.noTrack || !isHeld(context, lost)) return unchanged(state);
  const recent = phase.losses.filter(({ at }) => minus(now, at) < patience.window);
  const losses = [...recent, { at: now, address: lost.address }];
  const often = losses.filter(({ address }) => address === lost.address).length;
  if (often > patience.times) return giveUp(context, state, lost, often);
  return inOrder(
    context,
    { ...state, phase: { ...phase, losses } },
    only(
      { kind: 'add-addresses', addresses: [lost] },
      { kind: 'announce', addresses: [lost], repeat: Math.max(1, config.garp.masterRepeat) },
      { kind: 'log', record: messages.addressRestored(config.name, lost) },
    ),
  );
}

function giveUp(context: Context, state: InstanceState, lost: VirtualAddress, often: number): Outcome {
  const { config } = context;
  const skew = skewTime(config, effectivePriority(config, state), state.masterAdvertInterval);
  return inOrder(
    context,
    state,
    only({ kind: 'log', record: messages.addressKeepsVanishing(config.name, lost, often) }),
    leave('priority-0'),
    enterBackup({}, skew),
  );
}

function isHeld({ config }: Context, lost: VirtualAddress): boolean {
  const key = addressKey(lost);
  return heldAddresses(config).some((a) => addressKey(a) === key);
}
