import { familyOf } from '@holdfast/kit';
import { realServerHeader, type ServerAddress } from '../arguments/server-header.ts';
import { realServerRows as rows } from '../keywords/real-server.ts';
import { virtualServerRows } from '../keywords/virtual-server.ts';
import type { RealServer } from '../lvs-types.ts';
import type { Node } from '../parser/node.ts';
import { buildCheckers } from './checker.ts';
import { commandOf, type PoolContext, reportRepair } from './pool-context.ts';
import { nodeOf, nodesOf, readValue } from './read.ts';
import { serverPort } from './server-port.ts';

/** The real servers of a virtual server; those that cannot be used are reported and left out. */
export function buildRealServers(context: PoolContext): readonly RealServer[] {
  const kept = new Map<string, RealServer>();
  for (const node of nodesOf(context.node, virtualServerRows.real_server)) {
    const written = realServerHeader.read(node.statement).value;
    if (written === undefined) continue;
    const server = realServer(context, node, written);
    const known = kept.has(`${server.address} ${server.port}`);
    if (known) reportTwice(context, node, server);
    else if (server.forwarding.method === 'TUN' || isOfFamily(context, node, server))
      kept.set(`${server.address} ${server.port}`, server);
  }
  return [...kept.values()];
}

function realServer(context: PoolContext, node: Node, written: ServerAddress): RealServer {
  const forwarding = readValue(node, rows.lvs_method) ?? context.forwarding;
  const port = serverPort(context, node, written.port, forwarding.method);
  const virtualhost = readValue(node, rows.virtualhost);
  return {
    key: `[${written.address}]:${context.protocolName}:${port}`,
    address: written.address,
    port,
    forwarding,
    weight: readValue(node, rows.weight) ?? context.weight,
    inhibitOnFailure: readValue(node, rows.inhibit_on_failure) ?? context.inhibitOnFailure,
    ...thresholds(context, node),
    notifyUp: commandOf(readValue(node, rows.notify_up)),
    notifyDown: commandOf(readValue(node, rows.notify_down)),
    virtualhost,
    // What a checker connects to is what stands there, also where the pool ignores the port.
    checkers: buildCheckers(context, node, {
      address: written.address,
      port: written.port || port,
    }),
  };
}

type Thresholds = Pick<RealServer, 'upperThreshold' | 'lowerThreshold'>;

/** The kernel refuses a lower threshold above the upper one; keepalived does not look. */
function thresholds(context: PoolContext, node: Node): Thresholds {
  const upperThreshold = readValue(node, rows.uthreshold) ?? 0;
  const lowerThreshold = readValue(node, rows.lthreshold) ?? 0;
  if (lowerThreshold <= upperThreshold) return { upperThreshold, lowerThreshold };
  reportRepair(context, nodeOf(node, rows.lthreshold) ?? node, {
    code: 'thresholds-crossed',
    message: `lthreshold ${lowerThreshold} is above uthreshold ${upperThreshold}`,
    word: 1,
    used: 'no lthreshold',
    remedy: 'write an lthreshold that is at most the uthreshold',
    property: 'realServers',
    keepalived: 'none',
  });
  return { upperThreshold, lowerThreshold: 0 };
}

function isOfFamily(context: PoolContext, node: Node, { address }: RealServer): boolean {
  const { family } = context.reach;
  if (family === undefined || family === familyOf(address)) return true;
  reportRepair(context, node, {
    code: 'mixed-families',
    message: `${address} is not an IPv${family} address like the virtual server`,
    word: 1,
    used: 'the real server is left out',
    remedy: 'only lb_kind TUN reaches servers of the other family',
    property: 'realServers',
  });
  return false;
}

const reportTwice = (context: PoolContext, node: Node, { key }: RealServer): void =>
  reportRepair(context, node, {
    code: 'duplicate-real-server',
    message: `the real server ${key} is in the pool already`,
    word: 1,
    used: 'the first one',
    remedy: 'remove this one, or correct its address',
    property: 'realServers',
  });
