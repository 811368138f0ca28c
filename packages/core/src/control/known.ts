import type { Config, VrrpInstance } from '@holdfast/config';
import type { PoolStatistics, SavedPools } from '@holdfast/healthcheck';
import type { InstanceStatistics, SavedInstance } from '@holdfast/vrrp';
import type { Facts } from './facts.ts';
import type { KnownInstance } from './view/instance.ts';
import type { KnownPool } from './view/pool.ts';
import type { Wishes } from './wishes.ts';

/** What core has of instances besides the configuration. */
export interface InstanceSources {
  readonly facts: Facts;
  readonly wishes: Wishes;
  /** What the supervisor keeps for a successor of the worker: it knows what was withdrawn. */
  readonly saved: readonly SavedInstance[];
  readonly statistics: readonly InstanceStatistics[] | undefined;
}

/** Puts together what the configuration, the facts and the worker's answer say of an instance. */
export function instanceJoiner(sources: InstanceSources): (config: VrrpInstance) => KnownInstance {
  const { facts, wishes, saved, statistics } = sources;
  const masters = new Set(saved.filter(({ phase }) => phase === 'master').map(({ name }) => name));
  const counted = new Map(statistics?.map((one) => [one.name, one]));
  const handedOver = new Set(wishes.handedOver);
  return (config) => ({
    config,
    status: facts.status(config.name),
    transitions: facts.transitions(config.name),
    statistics: counted.get(config.name),
    withdrawn: facts.status(config.name)?.phase === 'master' && !masters.has(config.name),
    handedOver: handedOver.has(config.name),
  });
}

/** The same of each virtual server. */
export function knownPools(
  { virtualServers }: Config,
  saved: SavedPools,
  wishes: Wishes,
  statistics: readonly PoolStatistics[] | undefined,
): readonly KnownPool[] {
  const health = new Map(saved.pools.map((pool) => [pool.key, pool]));
  const counted = new Map(statistics?.map((one) => [one.key, one]));
  return virtualServers.map((config) => ({
    config,
    saved: health.get(config.key),
    statistics: counted.get(config.key),
    overrideOf: (server) => wishes.overrideOf(config.key, server),
  }));
}
