import { isDeepStrictEqual } from 'node:util';
import { type Micros, micros, plus, times } from '@holdfast/kit';
import type { SavedInstance } from '@holdfast/vrrp';

/** Shares of the smallest Master_Down_Interval; when all of it has passed a backup takes over. */
export const guardShares = {
  /** Nobody can resume any more: a successor does so strictly before. */
  alone: 0.5,
  /** A successor is at it: it has resumed, or it withdraws itself, and core is about to hear of it. */
  successorAtWork: 0.625,
} as const;
type Share = (typeof guardShares)[keyof typeof guardShares];

/**
 * Until when the addresses of a dead worker's instance may stay without anybody sending adverts for them: a share of
 * the smallest Master_Down_Interval after the last advert. Undefined: it held none.
 */
export function guardDeadline(saved: SavedInstance, share: Share): Micros | undefined {
  if (saved.phase !== 'master') return undefined;
  // A master that never sent an advert has no claim to its addresses at all.
  if (saved.lastAdvertAt === undefined) return micros(0);
  return plus(saved.lastAdvertAt, times(saved.masterDownInterval, share));
}

/** The earliest of all deadlines. */
export function nextGuardDeadline(saved: Iterable<SavedInstance>, share: Share): Micros | undefined {
  const deadlines = [...saved].map((each) => guardDeadline(each, share)).filter((at) => at !== undefined);
  return deadlines.length === 0 ? undefined : micros(Math.min(...deadlines));
}

/** The instances whose addresses must go at `now`. */
export function overdue(saved: Iterable<SavedInstance>, now: Micros, share: Share): readonly SavedInstance[] {
  return [...saved].filter((instance) => {
    const at = guardDeadline(instance, share);
    return at !== undefined && at <= now;
  });
}

/** What the next worker is told of an instance that was withdrawn: it listens before it does anything. */
export const withdrawn = (saved: SavedInstance): SavedInstance => ({ ...saved, phase: 'backup' });

/** Whether the kernel's state for an instance is as it was; an advert alone changes nothing of it. */
export function holdsTheSame(before: SavedInstance | undefined, after: SavedInstance): boolean {
  if ((before?.phase === 'master') !== (after.phase === 'master')) return false;
  return after.phase !== 'master' || isDeepStrictEqual(before?.addresses, after.addresses);
}
