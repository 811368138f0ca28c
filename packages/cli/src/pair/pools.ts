import type { Forwarding, RealServer, ServiceAddress, VirtualServer } from '@holdfast/config';
import { toSeconds } from '@holdfast/kit';
import { type Difference, differ, eachValue, type Finding, type PairNode } from './pair-node.ts';

const poolFacts: Readonly<Record<string, (server: VirtualServer) => string>> = {
  lb_algo: ({ scheduler }) => scheduler,
  persistence_timeout: ({ persistence }) => (persistence === undefined ? 'none' : `${persistence.timeout} s`),
  real_server: ({ realServers }) => listOf(realServers.map(realServerText)),
  sorry_server: ({ sorryServer }) =>
    sorryServer === undefined
      ? 'none'
      : `${sorryServer.address}:${sorryServer.port} ${methodOf(sorryServer.forwarding)}`,
  quorum: ({ quorum, hysteresis }) => `${quorum}, hysteresis ${hysteresis}`,
  delay_loop: ({ delayLoop }) => `${toSeconds(delayLoop)} s`,
  checkers: ({ realServers }) =>
    listOf([...new Set(realServers.flatMap(({ checkers }) => checkers.map(({ kind }) => kind)))]),
};

/** What clients notice when the other router takes over; the rest is a matter of patience. */
const noticed: ReadonlySet<string> = new Set([
  'lb_algo',
  'persistence_timeout',
  'real_server',
  'sorry_server',
  'quorum',
]);

/** Virtual servers that only some routers have, or that are not the same on them. */
export function poolFindings(nodes: readonly PairNode[]): readonly Finding[] {
  const differences = poolDifferences(nodes);
  return poolsOf(nodes).flatMap(({ about, servers }) => {
    const lacking = nodes.flatMap(({ name }, i) => (servers[i] === undefined ? [name] : []));
    const missing: readonly Finding[] =
      lacking.length === 0
        ? []
        : [
            {
              code: 'pair-virtual-server-missing',
              severity: 'warning',
              about,
              message: `${lacking.join(', ')} ${lacking.length === 1 ? 'does' : 'do'} not have it: after a takeover the service is gone`,
              remedy: 'add the virtual server',
            },
          ];
    const own = differences.filter((difference) => difference.about === about);
    return [...missing, ...own.map((difference) => findingOf(nodes, difference))];
  });
}

const findingOf = (nodes: readonly PairNode[], { about, property, values }: Difference): Finding => ({
  code: 'pair-virtual-server',
  severity: noticed.has(property) ? 'warning' : 'note',
  about,
  message: `${property} differs (${eachValue(nodes, values)})`,
  remedy: 'write the same in both files, so that a takeover changes nothing for clients',
});

export const poolDifferences = (nodes: readonly PairNode[]): readonly Difference[] =>
  poolsOf(nodes).flatMap(({ about, servers }) =>
    Object.entries(poolFacts).flatMap(([property, value]) => {
      const values = servers.map((server) => server && value(server));
      return differ(values) ? [{ about, property, values }] : [];
    }),
  );

interface Pools {
  readonly about: string;
  readonly servers: readonly (VirtualServer | undefined)[];
}

/** By the services themselves: groups may have other names. */
function poolsOf(nodes: readonly PairNode[]): readonly Pools[] {
  const indices = nodes.map(
    ({ result }) => new Map(result.config.virtualServers.map((server) => [servicesOf(server), server])),
  );
  const all = new Set(indices.flatMap((index) => [...index.keys()]));
  return [...all].map((services) => ({
    about: `virtual_server ${indices.flatMap((index) => index.get(services)?.key ?? [])[0] ?? services}`,
    servers: indices.map((index) => index.get(services)),
  }));
}

const servicesOf = ({ protocol, services }: VirtualServer): string =>
  `${services.map(serviceText).toSorted().join(' ')} ${protocol}`;

const serviceText = (service: ServiceAddress): string =>
  service.kind === 'address' ? `${service.address} ${service.port}` : `${service.family} ${service.mark}`;

const realServerText = ({ address, port, weight, forwarding }: RealServer): string =>
  `${address}:${port} weight ${weight} ${methodOf(forwarding)}`;

const methodOf = (forwarding: Forwarding): string =>
  forwarding.method === 'TUN' ? `TUN ${forwarding.tunnel.type}` : forwarding.method;

const listOf = (values: readonly string[]): string =>
  values.length === 0 ? 'none' : values.toSorted().join(', ');
