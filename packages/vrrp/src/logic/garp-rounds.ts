import type { VrrpInstance } from '@holdfast/config';
import { type Micros, plus } from '@holdfast/kit';
import { heldAddresses } from './addresses.ts';
import type { Effect, GarpRound } from './types.ts';

type Announcing = Pick<VrrpInstance, 'garp' | 'virtualAddresses' | 'excludedAddresses'>;

/** Gratuitous ARPs for everything held, the whole list `repeat` times; nothing where nothing is asked for. */
export function announceAll(config: Announcing, repeat: number): readonly Effect[] {
  const addresses = heldAddresses(config);
  return repeat > 0 && addresses.length > 0 ? [{ kind: 'announce', addresses, repeat }] : [];
}

/** What follows the block at once on becoming master: the second block, and the refresh where one is configured. */
export function roundsOfNewMaster(config: Announcing, now: Micros): readonly GarpRound[] {
  return [...secondBlock(config, now), ...refresh(config, now)];
}

/** `garp_master_delay`, `garp_master_repeat`; a delay of 0 means no second block. */
export function secondBlock({ garp }: Announcing, now: Micros): readonly GarpRound[] {
  if (garp.masterDelay <= 0) return [];
  const at = plus(now, garp.masterDelay);
  return [{ reason: 'second-block', at, repeat: garp.masterRepeat, every: undefined }];
}

/** `garp_master_refresh`, first after the second block. */
export function refresh({ garp }: Announcing, now: Micros): readonly GarpRound[] {
  if (garp.masterRefresh <= 0) return [];
  const at = plus(plus(now, garp.masterDelay), garp.masterRefresh);
  return [{ reason: 'refresh', at, repeat: garp.masterRefreshRepeat, every: garp.masterRefresh }];
}

/** `garp_lower_prio_delay`: once more for those who may have believed the other router. */
export function lowerPriorityRound({ garp }: Announcing, now: Micros): readonly GarpRound[] {
  if (garp.lowerPriorityDelay <= 0 || garp.lowerPriorityRepeat <= 0) return [];
  const at = plus(now, garp.lowerPriorityDelay);
  return [{ reason: 'lower-priority', at, repeat: garp.lowerPriorityRepeat, every: undefined }];
}

/** Puts rounds in the place of those with the same reason, so that a flood of causes cannot pile them up. */
export function withRounds(rounds: readonly GarpRound[], fresh: readonly GarpRound[]): readonly GarpRound[] {
  const replaced = new Set(fresh.map(({ reason }) => reason));
  return [...rounds.filter(({ reason }) => !replaced.has(reason)), ...fresh];
}

/** The rounds due at `now` as effects, and what is left; a round that comes again does so without a burst. */
export function takeDueRounds(
  config: Announcing,
  rounds: readonly GarpRound[],
  now: Micros,
): { readonly effects: readonly Effect[]; readonly rounds: readonly GarpRound[] } {
  const due = rounds.filter(({ at }) => at <= now);
  if (due.length === 0) return { effects: [], rounds };
  const again = due.flatMap((round) =>
    round.every === undefined ? [] : [{ ...round, at: nextRound(round.at, round.every, now) }],
  );
  return {
    effects: due.flatMap(({ repeat }) => announceAll(config, repeat)),
    rounds: [...rounds.filter(({ at }) => at > now), ...again],
  };
}

function nextRound(at: Micros, every: Micros, now: Micros): Micros {
  const next = plus(at, every);
  return next > now ? next : plus(now, every);
}
