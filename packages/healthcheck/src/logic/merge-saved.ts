import type { SavedPool, SavedPools } from './types.ts';

/** Before anything was reported. */
export const nothingSaved: SavedPools = { pools: [], written: undefined, settled: {} };

/**
 * What is known of all pools after news of some: a pool and, within it, a server that the news do not name is as
 * before; what left the file is forgotten with `withoutGone`.
 */
export function mergeSaved(
  before: SavedPools,
  news: SavedPools,
  awaited: ReadonlySet<string> = nobody,
): SavedPools {
  const pools = new Map(before.pools.map((pool) => [pool.key, pool]));
  for (const pool of news.pools) pools.set(pool.key, mergePool(pools.get(pool.key), pool));
  return {
    pools: [...pools.values()],
    written: news.written ?? before.written,
    settled: { ...before.settled, ...settledOf(news, awaited) },
  };
}

/**
 * A file is on its way to the worker: nobody knows how far it is carried out until it is reported.
 * @param keys the virtual servers that are others in it; without them all may be
 */
export function unsettled(
  saved: SavedPools,
  keys: Iterable<string> = Object.keys(saved.settled),
): SavedPools {
  const settled = new Map(Object.entries(saved.settled));
  for (const key of keys) settled.delete(key);
  return { ...saved, settled: Object.fromEntries(settled) };
}

/** Only of virtual servers and real servers that are in the file. @param keys by virtual server: those of its real servers */
export function withoutGone(saved: SavedPools, keys: ReadonlyMap<string, ReadonlySet<string>>): SavedPools {
  const pools = saved.pools.flatMap((pool) => {
    const servers = keys.get(pool.key);
    return servers === undefined
      ? []
      : [{ ...pool, servers: pool.servers.filter(({ key }) => servers.has(key)) }];
  });
  const settled = Object.fromEntries(Object.entries(saved.settled).filter(([key]) => keys.has(key)));
  return { ...saved, pools, settled };
}

const nobody: ReadonlySet<string> = new Set();

const settledOf = ({ settled }: SavedPools, awaited: ReadonlySet<string>): SavedPools['settled'] =>
  awaited.size === 0
    ? settled
    : Object.fromEntries(Object.entries(settled).filter(([key]) => !awaited.has(key)));

function mergePool(before: SavedPool | undefined, news: SavedPool): SavedPool {
  if (before === undefined) return news;
  const servers = new Map(before.servers.map((server) => [server.key, server]));
  for (const server of news.servers) servers.set(server.key, server);
  return { ...news, servers: [...servers.values()] };
}
