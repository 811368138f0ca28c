import { expectedServices, type ServerText, type ServiceText, tableLines } from './expected-table.ts';
import { type CheckerHealth, judgedAnew, type PoolHealth, poolId, reloaded, started } from './model-pool.ts';
import { outcomes } from './outcomes.ts';
import type { PoolFile, PoolSection, Slot } from './pool-file.ts';

/**
 * The kernel's table as it should be, from the file and from what the backends are; and beside it what operators have put
 * there by hand, which stays. What must not be known exactly (which of several checks comes first) is known as a set.
 */
export interface Model {
  readonly slot: Slot;
  pools: ReadonlyMap<string, ModelPool>;
  /** Weights that are not ours, and servers that never were: by service and server. */
  readonly weights: Map<string, Map<string, number>>;
  readonly strangers: Map<string, Map<string, ServerText>>;
  /** Services that never were ours. */
  readonly others: Map<string, ServiceText>;
  /** What our part of a service was since the last rest. */
  readonly passed: Map<string, ServiceText[]>;
  /** By service and server: what an operator has done since the last rest. A change of ours may come before a look. */
  readonly fresh: Set<string>;
  /** Since the last rest the worker was killed. */
  killed: boolean;
  /** And a file was read, by it or by its successor. */
  lost: boolean;
}

export interface ModelPool {
  readonly section: PoolSection;
  readonly health: readonly PoolHealth[];
}

export function newModel(slot: Slot, file: PoolFile): Model {
  const pools = new Map(
    file.pools.map((section) => [poolId(section), { section, health: [started(section)] }] as const),
  );
  const maps = {
    fresh: new Set<string>(),
    weights: new Map(),
    strangers: new Map(),
    others: new Map(),
    passed: new Map(),
  };
  const model: Model = { slot, pools, ...maps, killed: false, lost: false };
  note(model, pools.values());
  return model;
}

/** The daemon reads another file. */
export function reads(model: Model, file: PoolFile): void {
  const before = model.pools;
  model.pools = new Map(
    file.pools.map((section) => {
      const known = before.get(poolId(section));
      const health = known?.health.map((each) => reloaded(section, known.section, each));
      return [poolId(section), { section, health: health ?? [started(section)] }] as const;
    }),
  );
  const present = new Set([...model.pools.values()].flatMap((pool) => [...servicesOf(model, pool)]));
  for (const name of model.passed.keys()) if (!present.has(name)) forget(model, name);
  for (const name of present) model.others.delete(name);
  note(model, model.pools.values());
}

/** A service is gone, and with it what stood in it by hand. */
export function forget(model: Model, service: string): void {
  model.weights.delete(service);
  model.strangers.delete(service);
}

/**
 * Every checker has found the truth, and everything is at rest.
 * @param truth what the checkers of a pool have found, by their ids
 */
export function rests(model: Model, truth: (pool: PoolSection) => ReadonlyMap<string, CheckerHealth>): void {
  model.pools = new Map(
    [...model.pools].map(([id, { section, health }]) => {
      const found = truth(section);
      if (model.lost) return [id, { section, health: eitherWay(section, found) }];
      const { ends, passed } = outcomes(section, health, found);
      note(
        model,
        passed.map((each) => ({ section, health: [each] })),
      );
      return [id, { section, health: ends }];
    }),
  );
}

/** What a successor makes of a file that it has not seen before depends on when its predecessor died. */
const eitherWay = (
  section: PoolSection,
  checkers: ReadonlyMap<string, CheckerHealth>,
): readonly PoolHealth[] =>
  (['up', 'down'] as const)
    .map((quorum) => ({ quorum, checkers }))
    .filter((health) => judgedAnew(section, health) === health);

function note(model: Model, pools: Iterable<ModelPool>): void {
  for (const { section, health } of pools)
    for (const each of health)
      for (const [name, service] of expectedServices(model.slot, section, each))
        model.passed.set(name, [...(model.passed.get(name) ?? []), service]);
}

/** What stands in a service by hand may be lost where the worker died while it changed the service. */
export function mayBeLost({ passed, killed, lost }: Model, service: string): boolean {
  const texts = new Set(
    (passed.get(service) ?? []).map((each) => tableLines(new Map([[service, each]])).join()),
  );
  return lost || (killed && texts.size > 1);
}

export const servicesOf = ({ slot }: Model, { section, health }: ModelPool): Iterable<string> =>
  health.slice(0, 1).flatMap((each) => [...expectedServices(slot, section, each).keys()]);

/** From here on only what is true now has been. */
export function startsAnew(model: Model): void {
  model.passed.clear();
  model.fresh.clear();
  model.killed = false;
  model.lost = false;
  note(model, model.pools.values());
}
