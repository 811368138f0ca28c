import { micros, seconds, times, toSeconds } from '@holdfast/kit';
import type { SavedInstance } from '@holdfast/vrrp';

/** Below this the kernel, which counts lifetimes in seconds, could not take an address back in time. */
const smallestInterval = seconds(1);

/**
 * The instances that a restart leaves as they are: all but masters whose backups take over in less than a second. Those
 * say goodbye as at any stop.
 */
export const staying = (instances: readonly SavedInstance[]): readonly SavedInstance[] =>
  instances.filter(
    ({ phase, masterDownInterval }) => phase !== 'master' || masterDownInterval >= smallestInterval,
  );

/**
 * How long the addresses of a master may stay without anybody speaking for them, in whole seconds: as long as a successor
 * may take, and less than a backup waits. The kernel removes an address up to 0.4 s after its time.
 */
export function lifetimeOf({ masterDownInterval }: SavedInstance): number {
  const half = micros(Math.round(times(masterDownInterval, 0.5)));
  return Math.max(1, Math.ceil(toSeconds(half)));
}
