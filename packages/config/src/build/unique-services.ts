import type { ServiceAddress, VirtualServer } from '../lvs-types.ts';
import type { Node } from '../parser/node.ts';
import { type Context, reportAt } from './context.ts';

interface Built {
  readonly server: VirtualServer;
  readonly node: Node;
}

/**
 * A service of the kernel belongs to one virtual server: what a later one claims again is taken from it. keepalived says
 * nothing, and its two pools then overwrite each other.
 */
export function withoutDuplicates(context: Context, built: readonly Built[]): readonly VirtualServer[] {
  const owners = new Map<string, string>();
  const keys = new Set<string>();
  return built.flatMap(({ server, node }) => {
    const own = server.services.filter((service) => !owners.has(idOf(server, service)));
    if (own.length < server.services.length) reportClaimed(context, node, server, owners);
    if (own.length === 0) return [];
    // Two virtual servers may share a group if their protocols differ; their names must differ as well.
    const key = keys.has(server.key) ? `${server.key}:${server.protocol}` : server.key;
    keys.add(key);
    for (const service of own) owners.set(idOf(server, service), key);
    // The very same object where nothing was taken from it: who compares two readings sees at once what is the same.
    if (own.length === server.services.length && key === server.key) return [server];
    return [{ ...server, key, services: own }];
  });
}

const idOf = ({ protocol }: VirtualServer, service: ServiceAddress): string =>
  service.kind === 'address'
    ? `${protocol} ${service.address} ${service.port}`
    : `fwmark ${service.family} ${service.mark}`;

function reportClaimed(
  context: Context,
  node: Node,
  server: VirtualServer,
  owners: ReadonlyMap<string, string>,
): void {
  const [owner] = server.services.flatMap((service) => owners.get(idOf(server, service)) ?? []);
  reportAt(context, node.statement, node.subject, {
    code: 'duplicate-virtual-server',
    message: `${server.key} is served by the virtual server ${owner ?? server.key} already`,
    word: 1,
    used: 'the first one',
    remedy: 'put all real servers into one virtual_server, or give this one another address, port or mark',
    keepalived: 'none',
    property: 'services',
    reload: 'refuse-if-lost',
  });
}
