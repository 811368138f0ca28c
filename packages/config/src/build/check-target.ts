import { familyOf, type IpAddress, isLinkLocal } from '@holdfast/kit';
import type { ConnectionRows } from '../keywords/checker-connection.ts';
import { realServerRows } from '../keywords/real-server.ts';
import type { CheckTarget } from '../lvs-types.ts';
import type { Node } from '../parser/node.ts';
import { type PoolContext, reportRepair } from './pool-context.ts';
import { nodeOf, readValue } from './read.ts';

/** The real server that a checker belongs to. */
export interface Checked {
  readonly address: IpAddress;
  readonly port: number;
}

/**
 * Where a checker connects to.
 * @returns asked for each real server that has the very same checker; undefined: it cannot be reached, which is reported
 */
export function checkTarget(
  context: PoolContext,
  server: Node,
  node: Node,
  rows: ConnectionRows,
): (checked: Checked) => CheckTarget | undefined {
  const connectIp = readValue(node, rows.connect_ip);
  const connectPort = readValue(node, rows.connect_port);
  const bind = readValue(node, rows.bindto);
  const bindPort = readValue(node, rows.bind_port);
  const bindInterface = readValue(node, rows.bind_if);
  const fwmark = readValue(node, rows.fwmark);
  const connectTimeout =
    readValue(node, rows.connect_timeout) ??
    readValue(server, realServerRows.connect_timeout) ??
    context.pace.connectTimeout;
  return (checked) => {
    const wanted = connectIp ?? checked.address;
    const agree = bind === undefined || familyOf(bind) === familyOf(wanted);
    const { address, bindTo } = agree
      ? { address: wanted, bindTo: bind }
      : disagreeing({ context, node, rows, checked, address: wanted, bindTo: bind });
    if (bindInterface === undefined && familyOf(address) === 6 && isLinkLocal(address)) {
      reportLinkLocal(context, node, address);
      return undefined;
    }
    const port = connectPort ?? checked.port;
    if (port === 0) reportWithoutPort(context, node);
    return { address, port, bindTo, bindPort, bindInterface, fwmark, connectTimeout };
  };
}

type Ends = Pick<CheckTarget, 'address' | 'bindTo'>;

interface Disagreement {
  readonly context: PoolContext;
  readonly node: Node;
  readonly rows: ConnectionRows;
  readonly checked: Checked;
  readonly address: IpAddress;
  readonly bindTo: IpAddress;
}

/** Both ends are of one family: the line that comes second and does not fit is ignored. */
function disagreeing({ context, node, rows, checked, address, bindTo }: Disagreement): Ends {
  const [connectNode, bindNode] = [nodeOf(node, rows.connect_ip), nodeOf(node, rows.bindto)];
  const isConnectLast =
    connectNode !== undefined &&
    bindNode !== undefined &&
    node.children.indexOf(connectNode) > node.children.indexOf(bindNode);
  if (isConnectLast && familyOf(bindTo) === familyOf(checked.address)) {
    reportEnd(context, connectNode, `connect_ip ${address} and bindto ${bindTo} are of different families`);
    return { address: checked.address, bindTo };
  }
  reportEnd(context, bindNode ?? node, `bindto ${bindTo} is of another family than ${address}`);
  return { address, bindTo: undefined };
}

const reportEnd = (context: PoolContext, node: Node, message: string): void =>
  reportRepair(context, node, {
    code: 'mixed-families',
    message,
    word: 1,
    used: 'the line is ignored',
    remedy: 'write two addresses of one family',
    property: 'realServers',
  });

/** Servers of a firewall mark, or of a group with several ports, need not have one; keepalived tries port 0. */
const reportWithoutPort = (context: PoolContext, node: Node): void =>
  reportRepair(context, node, {
    code: 'checker-without-port',
    severity: 'warning',
    message: 'this checker has no port to connect to',
    used: 'port 0, where nobody answers: the server counts as dead',
    remedy: 'add a line: connect_port NUMBER',
    property: 'realServers',
    reload: 'apply',
  });

const reportLinkLocal = (context: PoolContext, node: Node, address: IpAddress): void =>
  reportRepair(context, node, {
    code: 'link-local-without-interface',
    message: `${address} is reached only through a certain interface`,
    used: 'the checker is left out: the server counts as healthy',
    remedy: 'add a line: bind_if INTERFACE',
    property: 'realServers',
  });
