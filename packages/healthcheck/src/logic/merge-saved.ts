import type { SavedPool, SavedPools } from './types.ts';

/** Before anything was reported. */
export const nothingSaved: SavedPools = { pools: [], written: undefined, settled: [], unsettled: [] };

/**
 * What is known of all pools after news of some, the latest last: a pool and, within it, a server that the news do not
 * name is as before; what left the file is forgotten with `withoutGone`. Costs as much as there are pools and news:
 * who hears often gathers some news first.
 */
export function mergeSaved(before: SavedPools, ...news: readonly SavedPools[]): SavedPools {
  const pools = new Map<string, SavedPool>();
  const holds = new Map<string, boolean>();
  let { written, timeoutsBefore } = before;
  for (const each of [before, ...news]) {
    for (const pool of each.pools) pools.set(pool.key, mergePool(pools.get(pool.key), pool));
    written = each.written ?? written;
    timeoutsBefore = each.timeoutsBefore ?? timeoutsBefore;
    for (const key of each.settled) holds.set(key, true);
    for (const key of each.unsettled) holds.set(key, false);
  }
  const keys = [...holds.keys()];
  return {
    pools: [...pools.values()],
    written,
    // Lists and not an object: one with thousands of keys takes its time to grow.
    settled: keys.filter((key) => holds.get(key) === true),
    unsettled: keys.filter((key) => holds.get(key) === false),
    ...(timeoutsBefore === undefined ? {} : { timeoutsBefore }),
  };
}

/**
 * News of a worker to which another file is on its way.
 * @param awaited the virtual servers that are others in it: what is said of them is of the old ones
 */
export function withoutAwaited(news: SavedPools, awaited: ReadonlySet<string>): SavedPools {
  if (awaited.size === 0) return news;
  const isCurrent = (key: string): boolean => !awaited.has(key);
  return {
    ...news,
    settled: news.settled.filter(isCurrent),
    unsettled: news.unsettled.filter(isCurrent),
  };
}

/**
 * A file is on its way to the worker: nobody knows how far it is carried out until it is reported.
 * @param keys the virtual servers that are others in it; without them all may be
 */
export function unsettled(saved: SavedPools, keys: Iterable<string> = saved.settled): SavedPools {
  const others = new Set(keys);
  return { ...saved, settled: saved.settled.filter((key) => !others.has(key)) };
}

/** Only of virtual servers and real servers that are in the file. @param keys by virtual server: those of its real servers */
export function withoutGone(saved: SavedPools, keys: ReadonlyMap<string, ReadonlySet<string>>): SavedPools {
  const pools = saved.pools.flatMap((pool) => {
    const servers = keys.get(pool.key);
    return servers === undefined
      ? []
      : [{ ...pool, servers: pool.servers.filter(({ key }) => servers.has(key)) }];
  });
  const isThere = (key: string): boolean => keys.has(key);
  return {
    ...saved,
    pools,
    settled: saved.settled.filter(isThere),
    unsettled: saved.unsettled.filter(isThere),
  };
}

function mergePool(before: SavedPool | undefined, news: SavedPool): SavedPool {
  if (before === undefined) return news;
  const servers = new Map(before.servers.map((server) => [server.key, server]));
  for (const server of news.servers) servers.set(server.key, server);
  return { ...news, servers: [...servers.values()] };
}
