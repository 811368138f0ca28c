import type { GroupEntry } from '../arguments/group-entry.ts';
import { serviceHeader } from '../arguments/server-header.ts';
import { checkerRows } from '../keywords/checkers.ts';
import { rootRows } from '../keywords/root.ts';
import { virtualServerRows as rows } from '../keywords/virtual-server.ts';
import type { VirtualServer } from '../lvs-types.ts';
import type { Node } from '../parser/node.ts';
import { type Context, reportAt } from './context.ts';
import { buildPersistence } from './persistence.ts';
import {
  type PoolContext,
  type PoolsContext,
  poolContext,
  poolsContext,
  reportMissing,
} from './pool-context.ts';
import { buildQuorum, type Quorum } from './quorum.ts';
import { type Reach, reachOf } from './reach.ts';
import { isGiven, nodeOf, nodesOf, readValue } from './read.ts';
import { realServersOf, type WrittenServer, writtenServers } from './real-server.ts';
import { buildScheduling } from './scheduling.ts';
import { buildSorryServer, type Sorry } from './sorry-server.ts';
import { withOwnNames } from './unique-services.ts';
import { buildGroups } from './virtual-server-group.ts';

/** Every virtual server that can be run; the mistakes in the others and all repairs are reported. */
export function buildVirtualServers(context: Context): readonly VirtualServer[] {
  const groups = buildGroups(context);
  const pools = poolsContext(context);
  const built = nodesOf({ children: context.tree.nodes }, rootRows.virtual_server).flatMap((node) => {
    const server = node.known?.server ?? buildVirtualServer(pools, node, groups);
    return server === undefined ? [] : [{ server, node }];
  });
  return withOwnNames(context, built);
}

/** @returns undefined where it cannot be run: that has been reported */
export function buildVirtualServer(
  context: PoolsContext,
  node: Node,
  groups: ReadonlyMap<string, readonly GroupEntry[]>,
): VirtualServer | undefined {
  const readable = readVirtualServer(context, node, groups);
  return readable?.build(readable.reach, readable.servers);
}

/** A virtual server before it is put together. */
export interface ReadableServer {
  readonly reach: Reach;
  readonly servers: readonly WrittenServer[];
  readonly build: VirtualServerOf;
}

/**
 * What the keywords of a virtual server say: asked for each one that has the very same, of the same family and port.
 * @returns undefined where none of its real servers can be used: that has been reported
 */
export type VirtualServerOf = (reach: Reach, servers: readonly WrittenServer[]) => VirtualServer | undefined;

/** @returns undefined where there is nothing to reach or to balance: that has been reported */
export function readVirtualServer(
  context: PoolsContext,
  node: Node,
  groups: ReadonlyMap<string, readonly GroupEntry[]>,
): ReadableServer | undefined {
  const servers = nodesOf(node, rows.real_server);
  // Of a server whose group is not there keepalived does not look at the rest.
  if (servers.length === 0 && !isOfNoGroup(node, groups)) {
    reportNoServers(context, node);
    return undefined;
  }
  const reach = reachOf(context, node, groups);
  if (reach === undefined) return undefined;
  return { reach, servers: writtenServers(servers), build: virtualServerOf(context, node, reach) };
}

function virtualServerOf(context: PoolsContext, whole: Node, first: Reach): VirtualServerOf {
  // Each keyword is looked for among the others: not among hundreds of real servers.
  const node = { ...whole, children: whole.children.filter(({ row }) => row !== rows.real_server) };
  const protocol = protocolOf(context, node, first);
  const pool = poolContext(context, node, first, protocol);
  const realServersIn = realServersOf(pool);
  let settings: Settings | undefined;
  return (reach, servers) => {
    const realServers = realServersIn(servers);
    // Each of them had a mistake, which has been told.
    if (realServers.length === 0) return undefined;
    settings ??= settingsOf(pool);
    return {
      key: keyOf(reach, protocol),
      services: reach.services,
      ...settings,
      ...buildQuorum(pool, realServers),
      ...buildSorryServer(pool, realServers),
      virtualhost: pool.virtualhost,
      realServers,
    };
  };
}

/** What depends neither on its address nor on its real servers. */
type Settings = Omit<
  VirtualServer,
  'key' | 'services' | keyof Quorum | keyof Sorry | 'virtualhost' | 'realServers'
>;

function settingsOf(pool: PoolContext): Settings {
  const { node, reach, protocolName } = pool;
  return {
    protocol: protocolName === 'none' ? 'tcp' : protocolName,
    ...buildScheduling(pool, node, protocolName),
    persistence: buildPersistence(pool, node, reach),
    persistenceEngine: readValue(node, rows.persistence_engine),
    delayLoop: pool.pace.delayLoop,
    haSuspend: haSuspend(pool, node, reach),
    alpha: pool.pace.alpha,
    omega: isGiven(node, rows.omega),
    ...(pool.initialNotifies ? { initialNotifies: true } : {}),
  };
}

function isOfNoGroup({ statement }: Node, groups: ReadonlyMap<string, unknown>): boolean {
  const header = serviceHeader.read(statement).value;
  return header?.kind === 'group' && !groups.has(header.name);
}

const checkers: ReadonlySet<unknown> = new Set(Object.values(checkerRows));

/** Whether a real server has a checker of any kind, be it in effect or not. */
export const hasChecker = (server: Node): boolean => server.children.some((child) => checkers.has(child.row));

function keyOf({ title, kind, port }: Reach, protocol: VirtualServer['protocol'] | 'none'): string {
  if (kind === 'address') return `${title}:${protocol}:${port}`;
  return kind === 'group' ? `${title}:0` : title;
}

/** A firewall mark selects packets of any protocol; everything else needs one, and is UDP without. */
function protocolOf(context: Context, node: Node, reach: Reach): VirtualServer['protocol'] | 'none' {
  const written = readValue(node, rows.protocol);
  const given = nodeOf(node, rows.protocol);
  if (!reach.hasAddresses) {
    if (given !== undefined) reportIdle(context, given);
    return 'none';
  }
  if (written === 'TCP') return 'tcp';
  if (written === 'SCTP') return 'sctp';
  if (written === undefined) {
    reportMissing(context, node, 'protocol', {
      code: 'protocol-missing',
      message: 'the virtual server has no protocol',
      used: 'UDP is used',
      remedy: 'add a line: protocol TCP (or UDP, SCTP)',
      property: 'protocol',
    });
  }
  return 'udp';
}

const reportIdle = (context: Context, given: Node): void =>
  reportAt(context, given.statement, given.subject, {
    code: 'protocol-of-mark',
    severity: 'warning',
    message: 'a firewall mark selects packets of every protocol',
    used: 'the line is ignored',
    remedy: 'remove the line',
    keepalived: 'reported',
  });

/** The address of a firewall mark is unknown, so nobody can tell whether it is here. */
function haSuspend(context: Context, node: Node, { hasMarks }: Reach): boolean {
  const given = nodeOf(node, rows.ha_suspend);
  if (given === undefined || !hasMarks) return given !== undefined;
  reportAt(context, given.statement, given.subject, {
    code: 'ha-suspend-of-mark',
    message: 'ha_suspend waits for an address, and a firewall mark has none',
    used: 'the line is ignored',
    remedy: 'remove the line',
    reload: 'refuse-if-lost',
  });
  return false;
}

const reportNoServers = (context: Context, node: Node): void =>
  reportMissing(context, node, 'realServers', {
    code: 'no-real-server',
    message: 'the virtual server has no real server',
    used: 'the virtual server is left out',
    remedy: 'add: real_server ADDRESS PORT { }',
    property: 'realServers',
  });
