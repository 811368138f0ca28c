import type { Config } from '@holdfast/config';
import type { Override, PoolWishes } from '@holdfast/healthcheck';
import type { Orders } from '../restart/decision.ts';

/**
 * What operators want instead of the configuration. Kept by core: it outlives workers, reloads and restarts, and ends
 * with the daemon. What leaves the configuration is forgotten.
 */
export interface Wishes {
  handOver(instance: string, on: boolean): void;
  override(pool: string, server: string, wanted: Override | undefined): void;
  readonly handedOver: readonly string[];
  readonly pools: PoolWishes;
  overrideOf(pool: string, server: string): Override | undefined;
  keepOnly(config: Pick<Config, 'vrrpInstances' | 'virtualServers'>): void;
}

export function wishStore(inherited?: Orders): Wishes {
  const handedOver = new Set(inherited?.handedOver);
  const pools = new Map(
    Object.entries(inherited?.wishes ?? {}).map(([pool, servers]) => [
      pool,
      new Map(servers.map(({ server, override }) => [server, override])),
    ]),
  );
  return {
    handOver: (instance, on) => void (on ? handedOver.add(instance) : handedOver.delete(instance)),
    override(pool, server, wanted) {
      const servers = pools.get(pool) ?? new Map<string, Override>();
      if (wanted === undefined) servers.delete(server);
      else servers.set(server, wanted);
      if (servers.size === 0) pools.delete(pool);
      else pools.set(pool, servers);
    },
    get handedOver() {
      return [...handedOver];
    },
    get pools() {
      return Object.fromEntries(
        [...pools].map(([pool, servers]) => [
          pool,
          [...servers].map(([server, override]) => ({ server, override })),
        ]),
      );
    },
    overrideOf: (pool, server) => pools.get(pool)?.get(server),
    keepOnly({ vrrpInstances, virtualServers }) {
      const names = new Set(vrrpInstances.map(({ name }) => name));
      for (const name of handedOver) if (!names.has(name)) handedOver.delete(name);
      const servers = new Map(
        virtualServers.map((pool) => [pool.key, new Set(pool.realServers.map(({ key }) => key))]),
      );
      for (const [pool, wanted] of pools) {
        for (const server of wanted.keys())
          if (servers.get(pool)?.has(server) !== true) wanted.delete(server);
        if (wanted.size === 0) pools.delete(pool);
      }
    },
  };
}
