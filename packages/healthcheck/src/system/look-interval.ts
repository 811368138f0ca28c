import type { VirtualServer } from '@holdfast/config';
import { earlier, type Micros, micros, seconds } from '@holdfast/kit';

/** Not more often than this, whatever `delay_loop` says. */
const shortest = seconds(1);
/** Not more seldom than this, whatever `delay_loop` says. */
const longest = seconds(60);
/** While there is no IPVS it is asked for this often. */
const longestRetry = seconds(5);

/** How long the kernel's table goes unseen: the smallest `delay_loop`. */
export function lookInterval(
  entries: readonly { readonly config: VirtualServer }[],
  isIpvsOpen: boolean,
): Micros {
  const smallest = entries.reduce((least, { config }) => earlier(least, config.delayLoop), longest);
  const wanted = isIpvsOpen ? smallest : earlier(smallest, longestRetry);
  return micros(Math.max(wanted, shortest));
}
