import type { Config } from '@holdfast/config';
import type { PoolStatistics, SavedPools } from '@holdfast/healthcheck';
import type { InstanceStatistics } from '@holdfast/vrrp';
import type { Facts } from './facts.ts';
import type { KnownInstance } from './view/instance.ts';
import type { KnownPool } from './view/pool.ts';
import type { Wishes } from './wishes.ts';

/** Puts together what the configuration, the facts and the workers' answers say of each instance. */
export function knownInstances(
  { vrrpInstances }: Config,
  facts: Facts,
  wishes: Wishes,
  statistics: readonly InstanceStatistics[] | undefined,
): readonly KnownInstance[] {
  const counted = new Map(statistics?.map((one) => [one.name, one]));
  const handedOver = new Set(wishes.handedOver);
  return vrrpInstances.map((config) => ({
    config,
    status: facts.status(config.name),
    transitions: facts.transitions(config.name),
    statistics: counted.get(config.name),
    handedOver: handedOver.has(config.name),
  }));
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
