import type { Forwarding } from '../lvs-types.ts';
import type { Node } from '../parser/node.ts';
import { type PoolContext, reportRepair } from './pool-context.ts';

/**
 * The port of a real server: only NAT can translate it, so otherwise it is that of the service.
 * @returns 0: a firewall mark, which has none, or a group with several
 */
export function serverPort(
  context: PoolContext,
  node: Node,
  written: number,
  method: Forwarding['method'],
): number {
  const { kind, port, hasMarks } = context.reach;
  if (written === 0) return port;
  if (method === 'NAT') return written;
  if (hasMarks) return reportPort(context, node, 'a firewall mark has no port of its own', 0);
  if (port === written) return written;
  const message = `only NAT translates ports: the server has ${written}, the service ${port === 0 ? 'other ones' : port}`;
  // A group keeps what is written, as with keepalived: none of its ports is more right than the others.
  return reportPort(context, node, message, kind === 'group' && port === 0 ? written : port);
}

function reportPort(context: PoolContext, node: Node, message: string, used: number): number {
  reportRepair(context, node, {
    code: 'port-not-translated',
    message,
    word: node.statement.words.length - 1,
    used: used === 0 ? 'no port' : `port ${used}`,
    remedy: 'let the real server listen on the port of the service, or use lb_kind NAT',
    property: 'realServers',
  });
  return used;
}
