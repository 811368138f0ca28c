import type { RealServer, VirtualServer } from '@holdfast/config';
import { micros } from '@holdfast/kit';
import { newChecker, realServerState } from './checker-state.ts';
import type { CheckerState, RealServerState, SavedChecker, SavedPool, VirtualServerState } from './types.ts';

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
    return [savedServer(real, server)];
  }),
});

/** A server of which nothing was told, in a pool that was: it is as it was at a first start. */
export const savedAtStart = (config: RealServer): SavedServer =>
  savedServer(
    config,
    realServerState(
      config,
      config.checkers.map((checker) => newChecker(checker, micros(0))),
    ),
  );

type SavedServer = SavedPool['servers'][number];

const savedServer = ({ key }: RealServer, { alive, checkers }: RealServerState): SavedServer => ({
  key,
  alive,
  checkers: checkers.map(savedChecker),
});

const savedChecker = ({ up, hasRun, failures, weightOffset, url, polling }: CheckerState): SavedChecker => ({
  up,
  hasRun,
  failures,
  weightOffset,
  ...(url === 0 ? {} : { url }),
  ...(polling ? { polling } : {}),
});
