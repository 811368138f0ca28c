import type { Random } from '@holdfast/kit';
import type { CheckerSection, Entry, PoolFile, PoolSection, ServerSection } from './pool-file.ts';

/** What a random file may contain: a kernel that is slow, or whose programs are dear, gets another one. */
export interface Taste {
  readonly mostPools: number;
  readonly mostServers: number;
  readonly kinds: readonly CheckerSection['kind'][];
  readonly schedulers: readonly string[];
  /** Seconds, to pick from. */
  readonly delayLoops: readonly number[];
  readonly retryDelays: readonly number[];
  readonly warmups: readonly number[];
  readonly mostRetries: number;
  readonly mostUrls: number;
}

/** Few servers and small numbers, so that quorum, hysteresis and the sorry server are met often. */
export function randomFile(random: Random, taste: Taste): PoolFile {
  let file: PoolFile = { pools: [] };
  for (let i = random.whole(1, taste.mostPools); i > 0; i--) file = withNewPool(random, taste, file);
  return fitted(random, file);
}

/** Adds a pool under a free number with free entries, at a random place. */
export function withNewPool(random: Random, taste: Taste, file: PoolFile): PoolFile {
  const number = random.pick(numbers(9).filter((n) => file.pools.every((pool) => pool.number !== n)));
  const protocol = random.chance(0.85) ? 'TCP' : 'UDP';
  const form = random.pick(['address', 'fwmark', 'group', 'group'] as const);
  const wanted = form === 'group' ? random.whole(1, 3) : 1;
  const free = freeEntries(file, protocol).filter(
    ({ kind }) => form === 'group' || (kind === 'mark') === (form === 'fwmark'),
  );
  const entries = shuffled(random, free).slice(0, wanted);
  if (entries.length === 0) return file;
  const servers = numbers(taste.mostServers).filter(() => random.chance(0.7));
  const pool = judged(random, {
    ...{ number, form, entries, protocol, quorum: 1, hysteresis: 0, sorry: undefined, sorryInhibit: false },
    ...randomService(random, taste),
    alpha: random.chance(0.25),
    delayLoop: random.pick(taste.delayLoops),
    servers: (servers.length === 0 ? [1] : servers).map((n) => randomServer(random, taste, n)),
  });
  return { pools: file.pools.toSpliced(random.whole(0, file.pools.length), 0, pool) };
}

/** Marks are services without a protocol: unique among all. */
export const freeEntries = ({ pools }: PoolFile, protocol: 'TCP' | 'UDP'): readonly Entry[] =>
  [
    ...numbers(5).map((number) => ({ kind: 'address', number }) as const),
    ...numbers(3).map((number) => ({ kind: 'mark', number }) as const),
  ].filter((entry) =>
    pools.every(
      (pool) =>
        (entry.kind === 'address' && pool.protocol !== protocol) ||
        pool.entries.every(({ kind, number }) => kind !== entry.kind || number !== entry.number),
    ),
  );

export function randomService(
  random: Random,
  { schedulers }: Taste,
): Pick<PoolSection, 'scheduler' | 'withPort' | 'persistence' | 'forwarding'> {
  const scheduler = random.pick(schedulers);
  return {
    scheduler,
    withPort: ['sh', 'mh'].includes(scheduler) && random.chance(0.5),
    persistence: random.pick([0, 0, 0, 50, 300]),
    forwarding: random.pick(['NAT', 'NAT', 'DR', 'TUN'] as const),
  };
}

/** A quorum that the weights can fulfil, and a hysteresis below it: others would be repaired. */
export function judged(random: Random, pool: PoolSection): PoolSection {
  const servers = pool.servers.some(({ weight }) => weight > 0)
    ? pool.servers
    : pool.servers.map((server, i) => (i === 0 ? { ...server, weight: 1 } : server));
  const total = servers.reduce((sum, { weight }) => sum + weight, 0);
  const quorum = random.whole(1, Math.min(4, total));
  return {
    ...pool,
    servers,
    quorum,
    hysteresis: random.whole(0, quorum - 1),
    sorry: random.chance(0.3) ? undefined : random.pick([9, 9, 9, 1, 2]),
    sorryInhibit: random.chance(0.25),
  };
}

/** What one edit left that does not go together is put right: other files would be repaired when they are read. */
export const fitted = (random: Random, { pools }: PoolFile): PoolFile => ({
  pools: pools.map((pool) => {
    const total = pool.servers.reduce((sum, { weight }) => sum + weight, 0);
    const { sorry, sorryInhibit, ...fitting } = pool.quorum <= total ? pool : judged(random, pool);
    const twin = fitting.servers.find(({ number }) => number === sorry);
    return {
      ...fitting,
      sorry,
      sorryInhibit: twin?.inhibit ?? sorryInhibit,
      forwarding: pool.entries.some(({ kind }) => kind === 'mark') ? 'NAT' : fitting.forwarding,
    };
  }),
});

export function randomServer(random: Random, taste: Taste, number: number): ServerSection {
  const upperThreshold = random.chance(0.2) ? random.whole(1, 100) : 0;
  return {
    number,
    weight: random.whole(0, 3),
    inhibit: random.chance(0.3),
    upperThreshold,
    lowerThreshold: upperThreshold > 0 && random.chance(0.5) ? random.whole(0, upperThreshold) : 0,
    checkers: numbers(random.pick([0, 1, 1, 1, 1, 2, 2])).map((n) =>
      randomChecker(random, taste, 8000 + n - 1),
    ),
  };
}

export const randomChecker = (random: Random, taste: Taste, port: number): CheckerSection => ({
  kind: random.pick(taste.kinds),
  port,
  urls: random.whole(1, taste.mostUrls),
  ...randomPace(random, taste),
});

export const randomPace = (
  random: Random,
  { delayLoops, retryDelays, warmups, mostRetries }: Taste,
): Pick<CheckerSection, 'retry' | 'delayBeforeRetry' | 'delayLoop' | 'warmup'> => ({
  retry: random.whole(0, mostRetries),
  delayBeforeRetry: random.pick(retryDelays),
  delayLoop: random.pick(delayLoops),
  warmup: random.pick(warmups),
});

const numbers = (most: number): readonly number[] => Array.from({ length: most }, (_, i) => i + 1);

export function shuffled<T>(random: Random, items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, at: random.fraction() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
