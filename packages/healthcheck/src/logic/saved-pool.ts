import type { VirtualServer } from '@holdfast/config';
import type { SavedPool, VirtualServerState } from './types.ts';

/** What a successor has to know of a virtual server (see `SavedPool`): `start` takes it. */
export const savedPool = (config: VirtualServer, state: VirtualServerState): SavedPool => ({
  key: config.key,
  quorum: state.quorum,
  servers: config.realServers.flatMap(({ key }, i) => {
    const server = state.servers[i];
    if (server === undefined) return [];
    const checkers = server.checkers.map(({ up, hasRun, failures, weightOffset }) => ({
      up,
      hasRun,
      failures,
      weightOffset,
    }));
    return [{ key, alive: server.alive, checkers }];
  }),
});
