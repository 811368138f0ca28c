import type { ServiceAddress, VirtualServer } from '../lvs-types.ts';
import type { Node } from '../parser/node.ts';
import { type Context, reportAt } from './context.ts';

interface Built {
  readonly server: VirtualServer;
  readonly node: Node;
}

/**
 * Several virtual servers may name one service of the kernel: then their real servers stand in it together, as with
 * keepalived, and that is told, for hardly anybody means it. Each has a name of its own.
 */
export function withOwnNames(context: Context, built: readonly Built[]): readonly VirtualServer[] {
  const owners = new Map<string, string>();
  const keys = new Set<string>();
  return built.map(({ server, node }) => {
    const key = freeKey(server, keys);
    keys.add(key);
    const ids = server.services.map((service) => idOf(server, service));
    const owner = ids.flatMap((id) => owners.get(id) ?? [])[0];
    if (owner !== undefined) reportShared(context, node, key, owner);
    for (const id of ids) if (!owners.has(id)) owners.set(id, key);
    // The very same object where its name is its own: who compares two readings sees at once what is the same.
    return key === server.key ? server : { ...server, key };
  });
}

/** Two virtual servers may share a group if their protocols differ. */
function freeKey({ key, protocol }: VirtualServer, taken: ReadonlySet<string>): string {
  if (!taken.has(key)) return key;
  const withProtocol = `${key}:${protocol}`;
  if (/^\[[^\]]*\]:0$/.test(key) && !taken.has(withProtocol)) return withProtocol;
  let number = 2;
  while (taken.has(`${key} (${number})`)) number++;
  return `${key} (${number})`;
}

const idOf = ({ protocol }: VirtualServer, service: ServiceAddress): string =>
  service.kind === 'address'
    ? `${protocol} ${service.address} ${service.port}`
    : `fwmark ${service.family} ${service.mark}`;

function reportShared(context: Context, node: Node, key: string, owner: string): void {
  reportAt(context, node.statement, node.subject, {
    code: 'duplicate-virtual-server',
    severity: 'warning',
    message: `${key} names a service that the virtual server ${owner} has already`,
    word: 1,
    used: 'the real servers of both, and the scheduler of the first one',
    remedy: 'put all real servers into one virtual_server, or give this one another address, port or mark',
    keepalived: 'none',
    property: 'services',
    reload: 'apply',
  });
}
