import type { VirtualServer } from '@holdfast/config';
import { savedPool } from '../logic/saved-pool.ts';
import type { CheckerState, RealServerState, SavedPool, VirtualServerState } from '../logic/types.ts';

/**
 * What core has to hear of a virtual server since it was told last: only the servers that are different.
 * @param told the state that core knows; `undefined`: none, then everything is news
 * @returns undefined where there is no news
 */
export function savedNews(
  config: VirtualServer,
  told: VirtualServerState | undefined,
  state: VirtualServerState,
): SavedPool | undefined {
  if (told === undefined) return savedPool(config, state);
  const { servers } = state;
  const places =
    told.servers === servers
      ? []
      : servers.flatMap((server, i) => (isSame(told.servers[i], server) ? [] : [i]));
  return places.length === 0 && told.quorum === state.quorum ? undefined : savedPool(config, state, places);
}

/**
 * What is known of the servers of a first start, as if it had been told: a successor starts those that were never named
 * in the very same way. The quorum is news. Where `rs_init_notifies` says of each that it is up a successor has to hear
 * of each that this was said.
 */
export const asAtStart = (
  { initialNotifies }: VirtualServer,
  state: VirtualServerState,
): VirtualServerState | undefined =>
  initialNotifies === true ? undefined : { ...state, quorum: state.quorum === 'up' ? 'down' : 'up' };

function isSame(a: RealServerState | undefined, b: RealServerState): boolean {
  if (a === b) return true;
  if (a === undefined || a.alive !== b.alive || a.checkers.length !== b.checkers.length) return false;
  return b.checkers.every((checker, i) => isSameChecker(a.checkers[i], checker));
}

const isSameChecker = (a: CheckerState | undefined, b: CheckerState): boolean =>
  a === b ||
  (a !== undefined &&
    a.up === b.up &&
    a.hasRun === b.hasRun &&
    a.failures === b.failures &&
    a.weightOffset === b.weightOffset &&
    // A url that is looked at in its turn is no news: a successor may begin with the first.
    a.polling === b.polling &&
    (!b.polling || a.url === b.url));
