import type { PoolName } from '../cast.ts';

/** Servers and weights of both pools in one text, to compare: `NAT server1=3 server2=2; DR server1=1`. */
export const poolsText = (
  pools: Readonly<Record<PoolName, readonly { readonly server: string; readonly weight: number }[]>>,
): string =>
  (['NAT', 'DR'] as const)
    .map((name) => [name, ...pools[name].map(({ server, weight }) => `${server}=${weight}`).sort()].join(' '))
    .join('; ');

/** Weights as conf/demo/director.conf has them; server4 comes with those of server3. */
const weights: Readonly<Record<PoolName, Readonly<Record<string, number>>>> = {
  NAT: { server1: 3, server2: 2 },
  DR: {},
};

/**
 * What the table should hold, as `poolsText` writes it. The sorry server stands beside others with weight 0.
 * @param drained servers whose weight is 0 now
 */
export function wantedPools(servers: readonly string[], drained: readonly string[] = []): string {
  const resting = servers.includes('sorry') ? [] : ['sorry'];
  const entries = (name: PoolName): readonly { readonly server: string; readonly weight: number }[] =>
    [...servers, ...resting].map((server) => ({
      server,
      weight: [...drained, ...resting].includes(server) ? 0 : (weights[name][server] ?? 1),
    }));
  return poolsText({ NAT: entries('NAT'), DR: entries('DR') });
}

/** The table without any of ours, as `poolsText` writes it. */
export const noPools: string = poolsText({ NAT: [], DR: [] });
