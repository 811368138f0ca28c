import { type Micros, micros, seconds } from '@holdfast/kit';
import type { ConnectionRows } from '../keywords/checker-connection.ts';
import { checkerRows, miscCheckRows, tcpCheckRows } from '../keywords/checkers.ts';
import { httpCheckRows, sslCheckRows } from '../keywords/http-checkers.ts';
import { realServerRows } from '../keywords/real-server.ts';
import type { Checker, CheckPace } from '../lvs-types.ts';
import type { Node } from '../parser/node.ts';
import { type Checked, checkTarget } from './check-target.ts';
import { buildHttpChecker, buildSslChecker } from './http-checker.ts';
import { type PoolContext, reportRepair } from './pool-context.ts';
import { isGiven, readValue } from './read.ts';

/** What is the same for all real servers with these keywords; the rest is asked for with each of them. */
type CheckerOf = (checked: Checked) => Checker | undefined;

/**
 * The checkers of a real server, as far as they are in effect; one that cannot run is reported and left out.
 * @returns asked for each real server that has the very same keywords: they are read once
 */
export function checkersOf(context: PoolContext, server: Node): (checked: Checked) => readonly Checker[] {
  const all = server.children.flatMap((node) => checkerOf(context, server, node) ?? []);
  const [only] = all;
  // Nearly every server has one, and a list that grows has room for many: it is kept as long as the daemon runs.
  if (only !== undefined && all.length === 1) {
    return (checked) => {
      const checker = only(checked);
      return checker === undefined ? [] : [checker];
    };
  }
  return (checked) => all.flatMap((one) => one(checked) ?? []);
}

function checkerOf(context: PoolContext, server: Node, node: Node): CheckerOf | undefined {
  switch (node.row) {
    case checkerRows.MISC_CHECK:
      return miscChecker(context, server, node);
    case checkerRows.TCP_CHECK:
      return tcpChecker(context, server, node);
    case checkerRows.HTTP_GET:
      return webChecker(context, server, node, 'HTTP_GET');
    case checkerRows.SSL_GET:
      return webChecker(context, server, node, 'SSL_GET');
    default:
      return undefined;
  }
}

function tcpChecker(context: PoolContext, server: Node, node: Node): CheckerOf {
  const targetOf = checkTarget(context, server, node, tcpCheckRows);
  const pace = paceOf(context, server, node, tcpCheckRows, oneRetry);
  return (checked) => {
    const target = targetOf(checked);
    return target === undefined ? undefined : { kind: 'TCP_CHECK', target, pace };
  };
}

function webChecker(context: PoolContext, server: Node, node: Node, kind: 'HTTP_GET' | 'SSL_GET'): CheckerOf {
  const rows = kind === 'HTTP_GET' ? httpCheckRows : sslCheckRows;
  const build = kind === 'HTTP_GET' ? buildHttpChecker : buildSslChecker;
  const targetOf = checkTarget(context, server, node, rows);
  const pace = paceOf(context, server, node, rows, patientRetry);
  let first: Checker | undefined;
  return (checked) => {
    const target = targetOf(checked);
    if (target === undefined) return undefined;
    if (first?.kind === kind) return { ...first, target };
    first = build(context, node, { target, pace });
    return first;
  };
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

function miscChecker(context: PoolContext, server: Node, node: Node): CheckerOf | undefined {
  const path = readValue(node, miscCheckRows.misc_path);
  if (path === undefined) {
    // A line that could not be read has been told.
    if (!context.reporter.blame(context.node.subject, 'program', 'harmless'))
      reportWithoutProgram(context, node);
    return undefined;
  }
  const timeout = readValue(node, miscCheckRows.misc_timeout) ?? micros(0);
  const pace = paceOf(context, server, node, miscCheckRows, noRetry);
  const command = { argv: path.argv, runAs: readValue(node, miscCheckRows.user) };
  const dynamic = isGiven(node, miscCheckRows.misc_dynamic);
  return () => ({
    kind: 'MISC_CHECK',
    pace,
    command,
    timeout: timeout === 0 ? context.pace.delayLoop : timeout,
    dynamic,
  });
}

const reportWithoutProgram = (context: PoolContext, node: Node): void =>
  reportRepair(context, node, {
    code: 'checker-without-program',
    message: 'this MISC_CHECK names no program',
    used: 'the checker is left out: the server counts as healthy',
    remedy: 'add a line: misc_path "/path/to/program ARGUMENTS"',
    property: 'realServers',
  });
