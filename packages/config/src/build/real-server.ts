import { familyOf } from '@holdfast/kit';
import { realServerHeader, type ServerAddress } from '../arguments/server-header.ts';
import { realServerRows as rows } from '../keywords/real-server.ts';
import type { RealServer } from '../lvs-types.ts';
import type { Node } from '../parser/node.ts';
import { checkersOf } from './checker.ts';
import { commandOf, type PoolContext, reportRepair } from './pool-context.ts';
import { nodeOf, readValue } from './read.ts';
import { serverPort } from './server-port.ts';

/** A real server of the file: what its line says, and its keywords. */
export interface WrittenServer {
  readonly written: ServerAddress;
  readonly node: Node;
}

/** Those whose line can be read. */
export const writtenServers = (nodes: readonly Node[]): readonly WrittenServer[] =>
  nodes.flatMap((node) => {
    const written = realServerHeader.read(node.statement).value;
    return written === undefined ? [] : [{ written, node }];
  });

/**
 * The real servers of a virtual server; those that cannot be used are reported and left out.
 * @returns asked for each virtual server that has the very same keywords: those of its real servers are read once
 */
export function realServersOf(
  context: PoolContext,
): (servers: readonly WrittenServer[]) => readonly RealServer[] {
  const known = new Map<Node['children'], RealServerOf>();
  return (servers) => {
    const kept: RealServer[] = [];
    const keys = new Set<string>();
    for (const { node, written } of servers) {
      // Servers with the same keywords have the very same children.
      const build = known.get(node.children) ?? realServerOf(context, node);
      known.set(node.children, build);
      const server = build(node, written);
      if (keys.has(server.key)) reportTwice(context, node, server);
      else if (server.forwarding.method === 'TUN' || isOfFamily(context, node, server)) {
        keys.add(server.key);
        kept.push(server);
      }
    }
    return kept;
  };
}

type RealServerOf = (node: Node, written: ServerAddress) => RealServer;

/** What the keywords of a real server say: asked for each that has them. */
function realServerOf(context: PoolContext, first: Node): RealServerOf {
  const forwarding = readValue(first, rows.lvs_method) ?? context.forwarding;
  const weight = readValue(first, rows.weight) ?? context.weight;
  const inhibitOnFailure = readValue(first, rows.inhibit_on_failure) ?? context.inhibitOnFailure;
  const { upperThreshold, lowerThreshold } = thresholds(context, first);
  const notifyUp = commandOf(readValue(first, rows.notify_up));
  const notifyDown = commandOf(readValue(first, rows.notify_down));
  const virtualhost = readValue(first, rows.virtualhost);
  const checkers = checkersOf(context, first);
  let lastPort = -1;
  let keyEnd = '';
  return (node, { address, port: written }) => {
    const port = serverPort(context, node, written, forwarding.method);
    // Put together once for all servers with the same port, as these are nearly always.
    if (port !== lastPort) keyEnd = `]:${context.protocolName}:${port}`;
    lastPort = port;
    return {
      key: `[${address}${keyEnd}`,
      address,
      port,
      forwarding,
      weight,
      inhibitOnFailure,
      upperThreshold,
      lowerThreshold,
      notifyUp,
      notifyDown,
      virtualhost,
      // What a checker connects to is what stands there, also where the pool ignores the port.
      checkers: checkers({ address, port: written || port }),
    };
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
