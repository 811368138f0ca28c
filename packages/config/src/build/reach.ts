import { type Family, familyOf } from '@holdfast/kit';
import type { GroupEntry } from '../arguments/group-entry.ts';
import { realServerHeader, type ServerAddress, serviceHeader } from '../arguments/server-header.ts';
import { realServerRows } from '../keywords/real-server.ts';
import { virtualServerRows as rows } from '../keywords/virtual-server.ts';
import type { ServiceAddress } from '../lvs-types.ts';
import type { Node } from '../parser/node.ts';
import { type Context, reportAt } from './context.ts';
import { nodeOf, nodesOf, readValue } from './read.ts';

/** How a virtual server is reached: the services of IPVS that it stands for. */
export interface Reach {
  /** What the key begins with: `[10.0.0.1]`, `[GROUP]`, `FWM 5`. */
  readonly title: string;
  readonly kind: 'address' | 'fwmark' | 'group';
  readonly services: readonly ServiceAddress[];
  /** The family that real servers must have unless they are reached by a tunnel; a group may have both. */
  readonly family: Family | undefined;
  /** The one port of all its addresses; 0: every port, or several. */
  readonly port: number;
  readonly hasAddresses: boolean;
  readonly hasMarks: boolean;
}

/** @returns `undefined` when there is nothing to reach it by: that has been reported */
export function reachOf(
  context: Context,
  node: Node,
  groups: ReadonlyMap<string, readonly GroupEntry[]>,
): Reach | undefined {
  const header = serviceHeader.read(node.statement).value;
  if (header === undefined) return undefined;
  if (header.kind === 'address') {
    reportFamily(context, node, familyOf(header.address));
    return reachOfAddress(header);
  }
  const family = familyByServers(context, node);
  if (header.kind === 'fwmark') {
    const service = { kind: 'fwmark', family: family ?? 4, mark: header.mark } as const;
    return reach(`FWM ${header.mark}`, header.kind, [service], family);
  }
  const entries = groups.get(header.name);
  if (entries === undefined) {
    reportGroup(context, node, header.name);
    return undefined;
  }
  const services = entries.flatMap((entry) => servicesOf(entry, familyOfEntries(entries) ?? family ?? 4));
  return reach(`[${header.name}]`, header.kind, eachOnce(services), familyOfEntries(entries));
}

/** How a virtual server with one address is reached. */
export const reachOfAddress = ({ address, port }: ServerAddress): Reach =>
  reach(`[${address}]`, 'address', [{ kind: 'address', address, port }], familyOf(address));

function reach(
  title: string,
  kind: Reach['kind'],
  services: readonly ServiceAddress[],
  family: Family | undefined,
): Reach {
  const ports = new Set(services.flatMap((service) => (service.kind === 'address' ? [service.port] : [])));
  const [port = 0] = ports;
  const hasMarks = services.some((service) => service.kind === 'fwmark');
  return {
    title,
    kind,
    services,
    family,
    port: ports.size === 1 && !hasMarks ? port : 0,
    hasAddresses: ports.size > 0,
    hasMarks,
  };
}

/** Ranges may overlap. */
function eachOnce(services: readonly ServiceAddress[]): readonly ServiceAddress[] {
  const known = new Map<string, ServiceAddress>();
  for (const service of services) {
    known.set(
      service.kind === 'address'
        ? `${service.address} ${service.port}`
        : `fwmark ${service.family} ${service.mark}`,
      service,
    );
  }
  return [...known.values()];
}

function servicesOf(entry: GroupEntry, family: Family): readonly ServiceAddress[] {
  if (entry.kind === 'fwmark') return [{ kind: 'fwmark', family: entry.family ?? family, mark: entry.mark }];
  return entry.addresses.map((address) => ({ kind: 'address', address, port: entry.port }));
}

/** The family of all entries that have one, if they agree. */
function familyOfEntries(entries: readonly GroupEntry[]): Family | undefined {
  const families = new Set(
    entries.flatMap((entry) =>
      entry.kind === 'fwmark' ? (entry.family ?? []) : entry.addresses.slice(0, 1).map(familyOf),
    ),
  );
  const [first] = families;
  return families.size === 1 ? first : undefined;
}

/** A firewall mark says nothing about the family: `ip_family`, or the first real server without a tunnel does. */
function familyByServers(context: Context, node: Node): Family | undefined {
  const method = readValue(node, rows.lvs_method)?.method;
  const own = nodesOf(node, rows.real_server)
    .filter((server) => (readValue(server, realServerRows.lvs_method)?.method ?? method) !== 'TUN')
    .flatMap((server) => realServerHeader.read(server.statement).value?.address ?? [])
    .map(familyOf)[0];
  const given = readValue(node, rows.ip_family);
  const family = given === undefined ? own : given === 'inet6' ? 6 : 4;
  if (own === undefined || own === family) return family;
  reportFamily(context, node, own);
  return own;
}

function reportFamily(context: Context, node: Node, family: Family): void {
  const given = nodeOf(node, rows.ip_family);
  const written = readValue(node, rows.ip_family);
  if (given === undefined || written === undefined || written === (family === 6 ? 'inet6' : 'inet')) return;
  reportAt(context, given.statement, node.subject, {
    code: 'mixed-families',
    message: `ip_family ${written} does not fit the IPv${family} addresses of the virtual server`,
    word: 1,
    used: `IPv${family}`,
    remedy: 'remove the line',
    property: 'services',
    reload: 'refuse-if-lost',
  });
}

function reportGroup(context: Context, node: Node, name: string): void {
  // What was lost to a mistake in its own definition has been told there.
  if (context.tree.lostNames.has(name)) return;
  const group = { kind: 'virtual_server_group', name, property: undefined };
  if (context.reporter.blame(group, 'services', 'harmless')) return;
  reportAt(context, node.statement, node.subject, {
    code: 'group-undefined',
    message: `there is no virtual_server_group ${name}`,
    word: 2,
    used: 'the virtual server is left out',
    remedy: `define virtual_server_group ${name}`,
    keepalived: 'none',
    reload: 'refuse-if-lost',
  });
}
