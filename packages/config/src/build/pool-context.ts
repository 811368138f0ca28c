import { type Micros, seconds } from '@holdfast/kit';
import type { ScriptArgument } from '../arguments/script.ts';
import { globalRows } from '../keywords/global-defs.ts';
import { virtualServerRows as rows } from '../keywords/virtual-server.ts';
import type { Forwarding, TlsClient, VirtualServer } from '../lvs-types.ts';
import type { Node } from '../parser/node.ts';
import type { ScriptCommand } from '../script-command.ts';
import { type Context, reportAt, type StatementReport } from './context.ts';
import { globalBlock } from './global.ts';
import type { Reach } from './reach.ts';
import { isGiven, readValue } from './read.ts';
import { buildTlsClient } from './tls-client.ts';

/** What the parts of a virtual server are built with: its block, and what its real servers and checkers inherit. */
export interface PoolContext extends Context {
  /** Without its real servers. */
  readonly node: Node;
  readonly reach: Reach;
  /** As it stands in the keys of its real servers: `none` for firewall marks alone. */
  readonly protocolName: VirtualServer['protocol'] | 'none';
  readonly forwarding: Forwarding;
  readonly inhibitOnFailure: boolean;
  readonly weight: number;
  readonly virtualhost: string | undefined;
  readonly pace: PaceDefaults;
  readonly logAllFailures: boolean;
  readonly tlsClient: TlsClient | undefined;
  readonly initialNotifies: boolean;
}

/** `undefined`: as the kind of checker has it. */
export interface PaceDefaults {
  readonly delayLoop: Micros;
  readonly retry: number | undefined;
  readonly delayBeforeRetry: Micros | undefined;
  readonly warmup: Micros | undefined;
  readonly alpha: boolean;
  readonly connectTimeout: Micros;
}

/** What is the same for all virtual servers of the file. */
export type PoolsContext = Context & Pick<PoolContext, 'logAllFailures' | 'tlsClient' | 'initialNotifies'>;

export function poolsContext(context: Context): PoolsContext {
  const block = globalBlock(context.tree);
  return {
    ...context,
    logAllFailures: readValue(block, globalRows.checker_log_all_failures) ?? false,
    initialNotifies: readValue(block, globalRows.rs_init_notifies) ?? false,
    tlsClient: buildTlsClient(context.tree),
  };
}

export function poolContext(
  context: PoolsContext,
  node: Node,
  reach: Reach,
  protocolName: PoolContext['protocolName'],
): PoolContext {
  return {
    ...context,
    node,
    reach,
    protocolName,
    forwarding: forwardingOf(context, node),
    inhibitOnFailure: isGiven(node, rows.inhibit_on_failure),
    weight: readValue(node, rows.weight) ?? 1,
    virtualhost: readValue(node, rows.virtualhost),
    pace: {
      delayLoop: readValue(node, rows.delay_loop) ?? seconds(60),
      retry: readValue(node, rows.retry),
      delayBeforeRetry: readValue(node, rows.delay_before_retry),
      warmup: readValue(node, rows.warmup),
      alpha: isGiven(node, rows.alpha),
      connectTimeout: readValue(node, rows.connect_timeout) ?? seconds(5),
    },
  };
}

function forwardingOf(context: Context, node: Node): Forwarding {
  const given = readValue(node, rows.lvs_method);
  if (given !== undefined) return given;
  reportMissing(context, node, 'forwarding', {
    code: 'method-missing',
    message: 'the virtual server has no lb_kind',
    used: 'NAT is used',
    remedy: 'add a line: lb_kind NAT, DR or TUN',
    property: 'realServers',
  });
  return { method: 'NAT' };
}

/** What a virtual server lacks, unless a mistake in that very line has been told. */
export function reportMissing(
  context: Context,
  node: Node,
  blamed: string,
  report: StatementReport & { readonly property: string },
): void {
  if (context.reporter.blame(node.subject, blamed, 'harmless')) return;
  reportAt(context, node.statement, node.subject, { reload: 'refuse-if-lost', ...report });
}

export const commandOf = (argument: ScriptArgument | undefined): ScriptCommand | undefined =>
  argument === undefined ? undefined : { argv: argument.argv, runAs: argument.user };

/** A repair inside a virtual server: told, and a reason to keep what runs if it changes that. */
export function reportRepair(
  context: PoolContext,
  place: Node,
  report: StatementReport & { readonly property: string },
): void {
  reportAt(context, place.statement, context.node.subject, { reload: 'refuse-if-lost', ...report });
}
