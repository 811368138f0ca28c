import type { VrrpInstance } from '@holdfast/config';
import { type Micros, plus, times } from '@holdfast/kit';
import { heldAddresses } from './addresses.ts';
import type { InstanceState, SavedInstance, SavedScript } from './types.ts';

/**
 * What core has to know in case this worker dies. The smallest Master_Down_Interval that a backup may be using is
 * counted without skew, which priority 255 all but lacks, and with no more than the RFC's factor 3, because a peer
 * need not have our `down_timer_adverts`.
 */
export function savedInstance(
  config: VrrpInstance,
  state: InstanceState,
  scripts: readonly SavedScript[],
): SavedInstance {
  const tracked = new Set(config.trackScripts.map(({ name }) => name));
  return {
    name: config.name,
    phase: state.phase.kind,
    lastAdvertAt: state.lastAdvertAt,
    masterAdvertInterval: state.masterAdvertInterval,
    masterDownInterval: times(config.advertInterval, Math.min(3, config.downTimerAdverts)),
    addresses: heldAddresses(config),
    ...(state.handedOver ? { handedOver: true } : {}),
    scripts: scripts.filter(({ name }) => tracked.has(name)),
  };
}

/** Until when (not included) a successor may go on as master; later a backup may have taken over. */
export function resumeUntil(saved: SavedInstance): Micros | undefined {
  return saved.lastAdvertAt === undefined
    ? undefined
    : plus(saved.lastAdvertAt, times(saved.masterDownInterval, 0.5));
}
