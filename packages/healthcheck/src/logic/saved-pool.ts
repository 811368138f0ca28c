import type { VirtualServer } from '@holdfast/config';
import type { CheckerState, SavedChecker, SavedPool, VirtualServerState } from './types.ts';

/** What a successor has to know of a virtual server (see `SavedPool`): `start` takes it. */
export const savedPool = (config: VirtualServer, state: VirtualServerState): SavedPool => ({
  key: config.key,
  quorum: state.quorum,
  servers: config.realServers.flatMap(({ key }, i) => {
    const server = state.servers[i];
    if (server === undefined) return [];
    const checkers = server.checkers.map(savedChecker);
    return [{ key, alive: server.alive, checkers }];
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
