import { minus, seconds, toSeconds } from '@holdfast/kit';
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

/** The kernel rounds to its timer's second where that is near: it removes an address up to so long after its time. */
const kernelIsLate = seconds(0.4);

/**
 * How long the addresses of a master may stay without anybody speaking for them, in whole seconds: so that they are away
 * before a backup serves. With an interval below 1.4 s there is no such number of seconds: one is the least there is, and
 * a quarter of a second may be left in which both hold the address, should no daemon start.
 */
export const lifetimeOf = ({ masterDownInterval }: SavedInstance): number =>
  Math.max(1, Math.floor(toSeconds(minus(masterDownInterval, kernelIsLate))));
