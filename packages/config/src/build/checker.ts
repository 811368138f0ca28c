import { familyOf, type IpAddress, isLinkLocal, type Micros, micros, seconds } from '@holdfast/kit';
import type { ConnectionRows } from '../keywords/checker-connection.ts';
import { checkerRows, miscCheckRows, tcpCheckRows } from '../keywords/checkers.ts';
import { httpCheckRows, sslCheckRows } from '../keywords/http-checkers.ts';
import { realServerRows } from '../keywords/real-server.ts';
import type { Checker, CheckPace, CheckTarget } from '../lvs-types.ts';
import type { Node } from '../parser/node.ts';
import { buildHttpChecker, buildSslChecker } from './http-checker.ts';
import { type PoolContext, reportRepair } from './pool-context.ts';
import { isGiven, nodeOf, readValue } from './read.ts';

/** The real server that a checker belongs to. */
export interface Checked {
  readonly address: IpAddress;
  readonly port: number;
}

/** The checkers of a real server, as far as they are in effect; one that cannot run is reported and left out. */
export function buildCheckers(context: PoolContext, server: Node, checked: Checked): readonly Checker[] {
  return server.children.flatMap((node) => checkerOf(context, server, node, checked) ?? []);
}

function checkerOf(context: PoolContext, server: Node, node: Node, checked: Checked): Checker | undefined {
  if (node.row === checkerRows.MISC_CHECK) return miscChecker(context, server, node);
  const common = { context, server, node, checked };
  if (node.row === checkerRows.TCP_CHECK) {
    const target = targetOf(common, tcpCheckRows);
    const pace = paceOf(context, server, node, tcpCheckRows, oneRetry);
    return target === undefined ? undefined : { kind: 'TCP_CHECK', target, pace };
  }
  if (node.row === checkerRows.HTTP_GET) {
    const target = targetOf(common, httpCheckRows);
    const pace = paceOf(context, server, node, httpCheckRows, patientRetry);
    return target === undefined ? undefined : buildHttpChecker(context, node, { target, pace });
  }
  if (node.row === checkerRows.SSL_GET) {
    const target = targetOf(common, sslCheckRows);
    const pace = paceOf(context, server, node, sslCheckRows, patientRetry);
    return target === undefined ? undefined : buildSslChecker(context, node, { target, pace });
  }
  return undefined;
}

type PaceRows = Pick<
  ConnectionRows,
  'retry' | 'delay_before_retry' | 'warmup' | 'delay_loop' | 'alpha' | 'log_all_failures'
>;

interface KindDefaults {
  readonly retry: number;
  readonly delayBeforeRetry: Micros;
}

const oneRetry: KindDefaults = { retry: 1, delayBeforeRetry: seconds(1) };
const patientRetry: KindDefaults = { retry: 1, delayBeforeRetry: seconds(3) };
const noRetry: KindDefaults = { retry: 0, delayBeforeRetry: seconds(1) };

/** The checker's own value, the real server's, the virtual server's, that of the kind of checker: the first one there is. */
function paceOf(
  { pace: inherited, logAllFailures }: PoolContext,
  server: Node,
  node: Node,
  rows: PaceRows,
  kind: KindDefaults,
): CheckPace {
  const delayLoop =
    readValue(node, rows.delay_loop) ?? readValue(server, realServerRows.delay_loop) ?? inherited.delayLoop;
  return {
    delayLoop,
    retry:
      readValue(node, rows.retry) ?? readValue(server, realServerRows.retry) ?? inherited.retry ?? kind.retry,
    delayBeforeRetry:
      readValue(node, rows.delay_before_retry) ??
      readValue(server, realServerRows.delay_before_retry) ??
      inherited.delayBeforeRetry ??
      kind.delayBeforeRetry,
    warmup:
      readValue(node, rows.warmup) ??
      readValue(server, realServerRows.warmup) ??
      inherited.warmup ??
      delayLoop,
    alpha: readValue(node, rows.alpha) ?? readValue(server, realServerRows.alpha) ?? inherited.alpha,
    logAllFailures: logAllFailures || (readValue(node, rows.log_all_failures) ?? false),
  };
}

interface TargetRequest {
  readonly context: PoolContext;
  readonly server: Node;
  readonly node: Node;
  readonly checked: Checked;
}

function targetOf(request: TargetRequest, rows: ConnectionRows): CheckTarget | undefined {
  const { context, server, node, checked } = request;
  const { address, bindTo } = endsOf(request, rows);
  const bindInterface = readValue(node, rows.bind_if);
  if (bindInterface === undefined && familyOf(address) === 6 && isLinkLocal(address)) {
    reportLinkLocal(context, node, address);
    return undefined;
  }
  const port = readValue(node, rows.connect_port) ?? checked.port;
  if (port === 0) reportWithoutPort(context, node);
  return {
    address,
    port,
    bindTo,
    bindPort: readValue(node, rows.bind_port),
    bindInterface,
    fwmark: readValue(node, rows.fwmark),
    connectTimeout:
      readValue(node, rows.connect_timeout) ??
      readValue(server, realServerRows.connect_timeout) ??
      context.pace.connectTimeout,
  };
}

/** Both ends are of one family: the line that comes second and does not fit is ignored. */
function endsOf(
  { context, node, checked }: TargetRequest,
  rows: ConnectionRows,
): Pick<CheckTarget, 'address' | 'bindTo'> {
  const connectIp = readValue(node, rows.connect_ip);
  const bindTo = readValue(node, rows.bindto);
  const address = connectIp ?? checked.address;
  if (bindTo === undefined || familyOf(bindTo) === familyOf(address)) return { address, bindTo };
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

function miscChecker(context: PoolContext, server: Node, node: Node): Checker | undefined {
  const path = readValue(node, miscCheckRows.misc_path);
  if (path === undefined) {
    // A line that could not be read has been told.
    if (!context.reporter.blame(context.node.subject, 'program', 'harmless'))
      reportWithoutProgram(context, node);
    return undefined;
  }
  const timeout = readValue(node, miscCheckRows.misc_timeout) ?? micros(0);
  return {
    kind: 'MISC_CHECK',
    pace: paceOf(context, server, node, miscCheckRows, noRetry),
    command: { argv: path.argv, runAs: readValue(node, miscCheckRows.user) },
    timeout: timeout === 0 ? context.pace.delayLoop : timeout,
    dynamic: isGiven(node, miscCheckRows.misc_dynamic),
  };
}

const reportWithoutProgram = (context: PoolContext, node: Node): void =>
  reportRepair(context, node, {
    code: 'checker-without-program',
    message: 'this MISC_CHECK names no program',
    used: 'the checker is left out: the server counts as healthy',
    remedy: 'add a line: misc_path "/path/to/program ARGUMENTS"',
    property: 'realServers',
  });
