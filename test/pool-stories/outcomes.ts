import { type CheckerHealth, everyChecker, judgedAnew, type PoolHealth } from './model-pool.ts';
import type { PoolSection } from './pool-file.ts';

/** All that may have been on the way, and all that may be at the end. */
export interface Outcomes {
  readonly ends: readonly PoolHealth[];
  readonly passed: readonly PoolHealth[];
}

/**
 * Each checker finds the truth once, in any order: every state that this may lead through. With hysteresis the order may
 * decide where it ends.
 * @param truth what a checker will have found, by its id
 */
export function outcomes(
  pool: PoolSection,
  before: readonly PoolHealth[],
  truth: ReadonlyMap<string, CheckerHealth>,
): Outcomes {
  const known = new Map<string, PoolHealth>();
  const queue = [...before];
  const ends: PoolHealth[] = [];
  for (let health = queue.pop(); health !== undefined; health = queue.pop()) {
    const name = textOf(pool, health);
    if (known.has(name)) continue;
    known.set(name, health);
    const wrong = [...truth].filter(([id, is]) => !same(health.checkers.get(id), is));
    if (wrong.length === 0) ends.push(health);
    for (const [id, is] of wrong) {
      const checkers = new Map(health.checkers).set(id, is);
      queue.push(judgedAnew(pool, { quorum: health.quorum, checkers }));
    }
  }
  return { ends, passed: [...known.values()] };
}

const same = (a: CheckerHealth | undefined, b: CheckerHealth): boolean =>
  a !== undefined && a.up === b.up && (!b.up || a.offset === b.offset);

const textOf = (pool: PoolSection, { quorum, checkers }: PoolHealth): string =>
  `${quorum} ${everyChecker(pool)
    .map(({ id }) => `${checkers.get(id)?.up} ${checkers.get(id)?.offset}`)
    .join()}`;
