import { familyOf } from '@holdfast/kit';
import { virtualServerRows as rows } from '../keywords/virtual-server.ts';
import type { RealServer, RealServerAddress, VirtualServer } from '../lvs-types.ts';
import type { Node } from '../parser/node.ts';
import { type PoolContext, reportRepair } from './pool-context.ts';
import { nodeOf, nodesOf, readValue } from './read.ts';
import { serverPort } from './server-port.ts';

export type Sorry = Pick<VirtualServer, 'sorryServer' | 'sorryServerInhibit'>;

/** `sorry_server` and what belongs to it. */
export function buildSorryServer(context: PoolContext, realServers: readonly RealServer[]): Sorry {
  const node = nodeOf(context.node, rows.sorry_server);
  const inhibit = optionOf(context, rows.sorry_server_inhibit) !== undefined;
  const methodNode = optionOf(context, rows.sorry_server_lvs_method);
  if (node === undefined) return { sorryServer: undefined, sorryServerInhibit: false };
  const written = readValue(context.node, rows.sorry_server);
  if (written === undefined) return { sorryServer: undefined, sorryServerInhibit: false };
  const given =
    methodNode === undefined
      ? undefined
      : rows.sorry_server_lvs_method.argument.read(methodNode.statement).value;
  const forwarding = given ?? context.forwarding;
  if (forwarding.method !== 'TUN' && !isOfFamily(context, node, familyOf(written.address)))
    return { sorryServer: undefined, sorryServerInhibit: false };
  const port = serverPort(context, node, written.port, forwarding.method);
  const sorryServer = { address: written.address, port, forwarding };
  return {
    sorryServer,
    sorryServerInhibit: agreedInhibit(context, { node, sorryServer, inhibit }, realServers),
  };
}

/** An option of the sorry server counts only below its line. */
function optionOf(context: PoolContext, row: (typeof rows)[keyof typeof rows]): Node | undefined {
  const { children } = context.node;
  const sorryAt = children.findIndex((child) => child.row === rows.sorry_server);
  for (const node of nodesOf(context.node, row)) {
    if (sorryAt >= 0 && children.indexOf(node) > sorryAt) continue;
    if (sorryAt < 0 && context.reporter.blame(context.node.subject, 'sorryServer', 'harmless')) continue;
    const { text } = node.statement.words[0];
    reportRepair(context, node, {
      code: 'sorry-server-missing',
      message: `${text} stands there without a sorry_server above it`,
      used: 'the line is ignored',
      remedy: 'write it below the sorry_server, or remove it',
      property: 'sorryServerInhibit',
    });
  }
  return children.findLast((child, index) => child.row === row && sorryAt >= 0 && index > sorryAt);
}

function isOfFamily(context: PoolContext, node: Node, family: 4 | 6): boolean {
  if (context.reach.family === undefined || context.reach.family === family) return true;
  reportRepair(context, node, {
    code: 'mixed-families',
    message: `the sorry server is not an IPv${context.reach.family} address like the virtual server`,
    word: 1,
    used: 'there is no sorry server',
    remedy: 'only sorry_server_lvs_method TUN reaches a server of the other family',
    property: 'sorryServer',
  });
  return false;
}

interface Candidate {
  readonly node: Node;
  readonly sorryServer: RealServerAddress;
  readonly inhibit: boolean;
}

/** A server that is in the pool anyway cannot be inhibited in one part and removed in the other. */
function agreedInhibit(
  context: PoolContext,
  { node, sorryServer, inhibit }: Candidate,
  realServers: readonly RealServer[],
): boolean {
  const same = realServers.find(
    ({ address, port }) => address === sorryServer.address && port === sorryServer.port,
  );
  if (same === undefined || same.inhibitOnFailure === inhibit) return inhibit;
  reportRepair(context, node, {
    code: 'inhibit-differs',
    message: `the sorry server is the real server ${same.key}, but only one of them is inhibited`,
    used: `sorry_server_inhibit ${same.inhibitOnFailure ? 'on' : 'off'}, as the real server`,
    remedy: 'write inhibit_on_failure and sorry_server_inhibit together, or neither',
    property: 'sorryServerInhibit',
  });
  return same.inhibitOnFailure;
}
