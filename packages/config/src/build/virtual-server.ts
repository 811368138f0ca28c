import type { GroupEntry } from '../arguments/group-entry.ts';
import { serviceHeader } from '../arguments/server-header.ts';
import { checkerRows } from '../keywords/checkers.ts';
import { rootRows } from '../keywords/root.ts';
import { virtualServerRows as rows } from '../keywords/virtual-server.ts';
import type { VirtualServer } from '../lvs-types.ts';
import type { Node } from '../parser/node.ts';
import { type Context, reportAt } from './context.ts';
import { buildPersistence } from './persistence.ts';
import { type PoolsContext, poolContext, poolsContext, reportMissing } from './pool-context.ts';
import { buildQuorum } from './quorum.ts';
import { type Reach, reachOf } from './reach.ts';
import { isGiven, nodeOf, nodesOf, readValue } from './read.ts';
import { buildRealServers } from './real-server.ts';
import { buildScheduling } from './scheduling.ts';
import { buildSorryServer } from './sorry-server.ts';
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
  whole: Node,
  groups: ReadonlyMap<string, readonly GroupEntry[]>,
): VirtualServer | undefined {
  const servers = nodesOf(whole, rows.real_server);
  // Of a server whose group is not there keepalived does not look at the rest.
  if (servers.length === 0 && !isOfNoGroup(whole, groups)) {
    reportNoServers(context, whole);
    return undefined;
  }
  const reach = reachOf(context, whole, groups);
  if (reach === undefined) return undefined;
  // Each keyword is looked for among the others: not among hundreds of real servers.
  const node = { ...whole, children: whole.children.filter(({ row }) => row !== rows.real_server) };
  const protocol = protocolOf(context, node, reach);
  const pool = poolContext(context, node, reach, protocol);
  const realServers = buildRealServers(pool, servers);
  // Each of them had a mistake, which has been told.
  if (realServers.length === 0) return undefined;
  return {
    key: keyOf(reach, protocol),
    services: reach.services,
    protocol: protocol === 'none' ? 'tcp' : protocol,
    ...buildScheduling(context, node, protocol),
    persistence: buildPersistence(context, node, reach),
    persistenceEngine: readValue(node, rows.persistence_engine),
    delayLoop: pool.pace.delayLoop,
    haSuspend: haSuspend(context, node, reach),
    alpha: pool.pace.alpha,
    omega: isGiven(node, rows.omega),
    ...(context.initialNotifies ? { initialNotifies: true } : {}),
    ...buildQuorum(pool, realServers),
    ...buildSorryServer(pool, realServers),
    virtualhost: pool.virtualhost,
    realServers,
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
