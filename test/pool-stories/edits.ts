import type { Random } from '@holdfast/kit';
import type { CheckerSection, PoolFile, PoolSection, ServerSection } from './pool-file.ts';
import {
  fitted,
  freeEntries,
  judged,
  randomChecker,
  randomPace,
  randomServer,
  randomService,
  shuffled,
  type Taste,
  withNewPool,
} from './random-file.ts';

/** An edit of the file, and a word for it. */
type Edit = readonly [string, (random: Random, taste: Taste, file: PoolFile) => PoolFile];

const edits: readonly Edit[] = [
  ['nothing', (_random, _taste, file) => file],
  ['a new pool', (random, taste, file) => (file.pools.length < 5 ? withNewPool(random, taste, file) : file)],
  ['a pool less', withoutPool],
  ['another order of pools', (random, _taste, { pools }) => ({ pools: shuffled(random, pools) })],
  ['another service', inPool((random, taste, pool) => ({ ...pool, ...randomService(random, taste) }))],
  ['another quorum', inPool((random, _taste, pool) => judged(random, pool))],
  ['another protocol', otherProtocol],
  ['alpha or not', inPool((_random, _taste, pool) => ({ ...pool, alpha: !pool.alpha }))],
  ['another entry', otherEntries],
  ['an entry moved', movedEntry],
  ['an entry moved', movedEntry],
  ['a new server', inPool(newServer)],
  ['a server less', inPool(serverLess)],
  [
    'another order of servers',
    inPool((random, _t, pool) => ({ ...pool, servers: shuffled(random, pool.servers) })),
  ],
  ['other weights', inServers((random, _taste, server) => ({ ...server, weight: random.whole(0, 3) }))],
  [
    'other ways of failing',
    inServers((random, _taste, server) => ({ ...server, inhibit: random.chance(0.5) })),
  ],
  ['other thresholds', inServers(otherThresholds)],
  ['other paces', inServers(otherPaces)],
  ['other checkers', inServers(otherCheckers)],
];

/** One to three edits at once. @returns the file, and what was done in words */
export function edited(
  random: Random,
  taste: Taste,
  file: PoolFile,
): { readonly file: PoolFile; readonly words: string } {
  const words: string[] = [];
  let next = file;
  for (let i = random.whole(1, 3); i > 0; i--) {
    const [word, edit] = random.pick(edits);
    words.push(word);
    next = edit(random, taste, next);
  }
  return { file: fitted(random, next), words: words.join(' and ') };
}

type InPool = (random: Random, taste: Taste, pool: PoolSection) => PoolSection;

function inPool(edit: InPool): Edit[1] {
  return (random, taste, file) => {
    const chosen = random.whole(0, file.pools.length - 1);
    return {
      pools: file.pools.map((pool, i) => (i === chosen ? edit(random, taste, pool) : pool)),
    };
  };
}

function inServers(edit: (random: Random, taste: Taste, server: ServerSection) => ServerSection): Edit[1] {
  return inPool((random, taste, pool) => ({
    ...pool,
    servers: pool.servers.map((server) => (random.chance(0.6) ? edit(random, taste, server) : server)),
  }));
}

function withoutPool(random: Random, _taste: Taste, { pools }: PoolFile): PoolFile {
  return { pools: pools.length === 1 ? pools : pools.toSpliced(random.whole(0, pools.length - 1), 1) };
}

function otherProtocol(random: Random, _taste: Taste, file: PoolFile): PoolFile {
  const pool = random.pick(file.pools);
  const protocol = pool.protocol === 'TCP' ? 'UDP' : 'TCP';
  const free = freeEntries(file, protocol);
  const fits = pool.entries.every(
    (entry) =>
      entry.kind === 'mark' ||
      free.some(({ kind, number }) => kind === entry.kind && number === entry.number),
  );
  return { pools: file.pools.map((each) => (each === pool && fits ? { ...each, protocol } : each)) };
}

function otherEntries(random: Random, _taste: Taste, file: PoolFile): PoolFile {
  const pool = random.pick(file.pools);
  const free = freeEntries(file, pool.protocol).filter(
    ({ kind }) => pool.form === 'group' || (kind === 'mark') === (pool.form === 'fwmark'),
  );
  if (free.length === 0) return file;
  const less = pool.form === 'group' && random.chance(0.6) ? pool.entries.slice(random.whole(0, 1)) : [];
  const more = less.length > 0 && random.chance(0.3) ? [] : [random.pick(free)];
  return {
    pools: file.pools.map((each) => (each === pool ? { ...each, entries: [...less, ...more] } : each)),
  };
}

/** From one group to another: the service stays, and belongs to another virtual server. */
function movedEntry(random: Random, _taste: Taste, file: PoolFile): PoolFile {
  const groups = file.pools.filter(({ form }) => form === 'group');
  const from = shuffled(random, groups).find(({ entries }) => entries.length > 1);
  const to = shuffled(random, groups).find((each) => each !== from && each.protocol === from?.protocol);
  if (from === undefined || to === undefined) return file;
  const moved = random.pick(from.entries);
  const entries = (pool: PoolSection): PoolSection['entries'] => {
    if (pool === from) return pool.entries.filter((entry) => entry !== moved);
    return pool === to ? [...pool.entries, moved] : pool.entries;
  };
  return { pools: file.pools.map((pool) => ({ ...pool, entries: entries(pool) })) };
}

function newServer(random: Random, taste: Taste, pool: PoolSection): PoolSection {
  const free = [1, 2, 3, 4, 5, 9].filter((n) => pool.servers.every(({ number }) => number !== n));
  if (free.length === 0 || pool.servers.length > taste.mostServers) return pool;
  const server = randomServer(random, taste, random.pick(free));
  return { ...pool, servers: pool.servers.toSpliced(random.whole(0, pool.servers.length), 0, server) };
}

function serverLess(random: Random, _taste: Taste, pool: PoolSection): PoolSection {
  if (pool.servers.length === 1) return pool;
  return { ...pool, servers: pool.servers.toSpliced(random.whole(0, pool.servers.length - 1), 1) };
}

function otherThresholds(random: Random, taste: Taste, server: ServerSection): ServerSection {
  const { upperThreshold, lowerThreshold } = randomServer(random, taste, server.number);
  return { ...server, upperThreshold, lowerThreshold };
}

function otherPaces(random: Random, taste: Taste, server: ServerSection): ServerSection {
  return {
    ...server,
    checkers: server.checkers.map((checker) => ({ ...checker, ...randomPace(random, taste) })),
  };
}

function otherCheckers(random: Random, taste: Taste, server: ServerSection): ServerSection {
  const kept = server.checkers.filter(() => random.chance(0.5));
  const free = [8000, 8001, 8002].filter((port) => kept.every((checker) => checker.port !== port));
  const fresh: readonly CheckerSection[] = random.chance(0.6)
    ? [randomChecker(random, taste, random.pick(free))]
    : [];
  return { ...server, checkers: random.chance(0.5) ? [...fresh, ...kept] : [...kept, ...fresh] };
}
