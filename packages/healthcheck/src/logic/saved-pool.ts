import type { VirtualServer } from '@holdfast/config';
import type { CheckerState, SavedChecker, SavedPool, VirtualServerState } from './types.ts';

/**
 * What a successor has to know of a virtual server (see `SavedPool`): `start` takes it.
 * @param places of the real servers that are told; all by default
 */
export const savedPool = (
  config: VirtualServer,
  state: VirtualServerState,
  places: Iterable<number> = config.realServers.keys(),
): SavedPool => ({
  key: config.key,
  quorum: state.quorum,
  servers: [...places].flatMap((place) => {
    const [real, server] = [config.realServers[place], state.servers[place]];
    if (real === undefined || server === undefined) return [];
    return [{ key: real.key, alive: server.alive, checkers: server.checkers.map(savedChecker) }];
  }),
});

const savedChecker = ({ up, hasRun, failures, weightOffset, url, polling }: CheckerState): SavedChecker => ({
  up,
  hasRun,
  failures,
  weightOffset,
  ...(url === 0 ? {} : { url }),
  ...(polling ? { polling } : {}),
});
