import type { Checker, RealServer, VirtualServer } from '@holdfast/config';
import {
  effectiveWeight,
  type Override,
  type PoolStatistics,
  type SavedPool,
  type ServerStatistics,
  savedAtStart,
} from '@holdfast/healthcheck';
import type { Pool, PoolServer } from '../api/index.ts';
import { type BothClocks, momentOf } from './clock.ts';

/** All that is known of one virtual server. */
export interface KnownPool {
  readonly config: VirtualServer;
  /** Undefined: the worker has not reported it yet. */
  readonly saved: SavedPool | undefined;
  /** Undefined: the worker did not answer in time. */
  readonly statistics: PoolStatistics | undefined;
  readonly overrideOf: (server: string) => Override | undefined;
}

type SavedServer = SavedPool['servers'][number];

/** As GET /v1/status shows it; a pure function of what is known. */
export function poolView(known: KnownPool, clocks: BothClocks): Pool {
  const { config, saved, statistics } = known;
  const health = new Map(saved?.servers.map((server) => [server.key, server]));
  const counted = new Map(statistics?.servers.map((server) => [server.key, server]));
  const realServers = config.realServers.map((server) =>
    serverView(
      server,
      health.get(server.key) ?? (saved && savedAtStart(server)),
      counted.get(server.key),
      known.overrideOf(server.key),
      clocks,
    ),
  );
  return {
    key: config.key,
    scheduler: config.scheduler,
    quorum: {
      state: saved?.quorum ?? 'unknown',
      needed: config.quorum,
      hysteresis: config.hysteresis,
      weight: realServers.reduce(
        (sum, { alive, weight }) => sum + (alive === true ? weight.effective : 0),
        0,
      ),
    },
    sorryServer:
      config.sorryServer === undefined
        ? null
        : {
            address: config.sorryServer.address,
            port: config.sorryServer.port,
            serves: saved?.quorum === 'down',
          },
    suspended: statistics?.suspended ?? false,
    realServers,
  };
}

function serverView(
  config: RealServer,
  health: SavedServer | undefined,
  counted: ServerStatistics | undefined,
  override: Override | undefined,
  clocks: BothClocks,
): PoolServer {
  const weight = (health?.checkers ?? []).reduce(
    (sum, { weightOffset }) => sum + weightOffset,
    config.weight,
  );
  return {
    key: config.key,
    address: config.address,
    port: config.port,
    alive: health?.alive ?? null,
    weight: { configured: config.weight, effective: effectiveWeight({ weight, override }) },
    override: override ?? null,
    checkers: config.checkers.map((checker, i) =>
      checkerView(checker, health?.checkers[i], counted?.checks[i] ?? null, clocks),
    ),
    kernel: counted?.kernel ?? null,
  };
}

const checkerView = (
  { kind }: Checker,
  health: SavedServer['checkers'][number] | undefined,
  last: ServerStatistics['checks'][number],
  clocks: BothClocks,
): PoolServer['checkers'][number] => ({
  kind,
  up: health?.up ?? null,
  failures: health?.hasRun === true ? health.failures : 0,
  last: last && { at: momentOf(clocks, last.at), result: last.kind, text: last.text ?? null },
});
