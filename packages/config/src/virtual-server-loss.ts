import { parseAddress } from '@holdfast/kit';
import type { Subject } from './diagnostics/diagnostic.ts';
import type { VirtualServer } from './lvs-types.ts';
import type { Config } from './types.ts';

const kinds: ReadonlySet<string> = new Set(['virtual_server', 'virtual_server_group']);

export const isOfVirtualServer = ({ kind }: Subject): boolean => kinds.has(kind);

/**
 * Whether a running virtual server would be gone, or would get another value, by a mistake in the block that `subject`
 * names. A block of which nothing is left may have been any of those that are missing now.
 */
export function virtualServerIsLost(subject: Subject, previous: Config, next: Config): boolean {
  const after = new Map(next.virtualServers.map((server) => [server.key, server]));
  const meant = previous.virtualServers.filter(named(subject));
  if (meant.length > 0) return meant.some((server) => suffers(server, after.get(server.key), subject));
  const isGone = !next.virtualServers.some(named(subject));
  return isGone && previous.virtualServers.some(({ key }) => !after.has(key));
}

/** Which virtual servers the words behind the keyword mean: of one address and port there may be several protocols. */
function named({ kind, name }: Subject): (server: VirtualServer) => boolean {
  if (kind === 'virtual_server_group') return ({ key }) => key.startsWith(`[${name}]:`);
  const [first = '', second] = name.split(/\s+/);
  if (first === 'fwmark') return ({ key }) => key === `FWM ${Number(second)}`;
  if (first === 'group') return ({ key }) => key.startsWith(`[${second}]:`);
  const address = parseAddress(first);
  const port = Number(second ?? 0);
  return ({ key, services }) =>
    key.startsWith(`[${address}]:`) &&
    services.some((service) => service.kind === 'address' && service.port === port);
}

function suffers(before: VirtualServer, after: VirtualServer | undefined, { property }: Subject): boolean {
  if (after === undefined) return true;
  if (property === undefined) return false;
  return JSON.stringify(partOf(before, property)) !== JSON.stringify(partOf(after, property));
}

/** The property, or the whole object for what is no property of its own, such as a real server's. */
const partOf = (server: VirtualServer, property: string): unknown =>
  new Map<string, unknown>(Object.entries(server)).get(property) ?? server;
