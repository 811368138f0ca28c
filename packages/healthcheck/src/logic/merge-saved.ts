import type { SavedPool, SavedPools } from './types.ts';

/** Before anything was reported. */
export const nothingSaved: SavedPools = { pools: [], written: undefined, settled: [], unsettled: [] };

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
    ...mergeSettled(before, news, awaited),
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

const nobody: ReadonlySet<string> = new Set();

/** Lists and not an object: one with thousands of keys takes its time to grow. */
function mergeSettled(
  before: SavedPools,
  news: SavedPools,
  awaited: ReadonlySet<string>,
): Pick<SavedPools, 'settled' | 'unsettled'> {
  const holds = new Map<string, boolean>();
  const note = ({ settled, unsettled }: SavedPools, isNews: boolean): void => {
    for (const key of settled) if (!(isNews && awaited.has(key))) holds.set(key, true);
    for (const key of unsettled) if (!(isNews && awaited.has(key))) holds.set(key, false);
  };
  note(before, false);
  note(news, true);
  const keys = [...holds.keys()];
  return {
    settled: keys.filter((key) => holds.get(key) === true),
    unsettled: keys.filter((key) => holds.get(key) === false),
  };
}

function mergePool(before: SavedPool | undefined, news: SavedPool): SavedPool {
  if (before === undefined) return news;
  const servers = new Map(before.servers.map((server) => [server.key, server]));
  for (const server of news.servers) servers.set(server.key, server);
  return { ...news, servers: [...servers.values()] };
}
