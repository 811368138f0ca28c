import type { Row } from '../keywords/row.ts';
import { virtualServerRows as rows } from '../keywords/virtual-server.ts';
import type { VirtualServer } from '../lvs-types.ts';
import type { Node } from '../parser/node.ts';
import { type Context, reportAt } from './context.ts';
import { reportMissing } from './pool-context.ts';
import { nodeOf, readValue } from './read.ts';

export type Scheduling = Pick<VirtualServer, 'scheduler' | 'schedulerFlags' | 'onePacket'>;

type Flags = VirtualServer['schedulerFlags'];

const flagOf: ReadonlyMap<Row, keyof Flags> = new Map<Row, keyof Flags>([
  [rows['flag-1'], 'flag1'],
  [rows['flag-2'], 'flag2'],
  [rows['flag-3'], 'flag3'],
  [rows['sh-fallback'], 'flag1'],
  [rows['mh-fallback'], 'flag1'],
  [rows['sh-port'], 'flag2'],
  [rows['mh-port'], 'flag2'],
]);

/** They are the same bits for sh and mh, and have no meaning for other schedulers. */
const hashingOnly: ReadonlySet<Row> = new Set<Row>([
  rows['sh-port'],
  rows['sh-fallback'],
  rows['mh-port'],
  rows['mh-fallback'],
  rows.hashed,
]);

/** `lb_algo` with its flags, and `ops`. */
export function buildScheduling(
  context: Context,
  node: Node,
  protocol: VirtualServer['protocol'] | 'none',
): Scheduling {
  const scheduler = readValue(node, rows.lvs_sched);
  if (scheduler === undefined) reportNone(context, node);
  return {
    scheduler: scheduler ?? 'wlc',
    schedulerFlags: flags(context, node),
    onePacket: onePacket(context, node, protocol),
  };
}

const reportNone = (context: Context, node: Node): void =>
  reportMissing(context, node, 'scheduler', {
    code: 'scheduler-missing',
    message: 'the virtual server has no lb_algo',
    used: 'wlc is used',
    remedy: 'add a line: lb_algo wlc (or rr, wrr, lc, sh, ...)',
    property: 'scheduler',
  });

/** The order of the lines counts: such a flag belongs behind the scheduler that it is for. */
function flags(context: Context, node: Node): Flags {
  const set = new Set<keyof Flags>();
  let scheduler: string | undefined;
  for (const child of node.children) {
    if (child.row === rows.lvs_sched) scheduler = rows.lvs_sched.argument.read(child.statement).value;
    const flag = flagOf.get(child.row);
    if (hashingOnly.has(child.row) && scheduler !== 'sh' && scheduler !== 'mh') reportFlag(context, child);
    else if (flag !== undefined) set.add(flag);
  }
  return { flag1: set.has('flag1'), flag2: set.has('flag2'), flag3: set.has('flag3') };
}

function reportFlag(context: Context, node: Node): void {
  const { text } = node.statement.words[0];
  reportAt(context, node.statement, node.subject, {
    code: 'flag-of-another-scheduler',
    message: `${text} is for the schedulers sh and mh`,
    used: 'the line is ignored',
    remedy: 'write it below lb_algo sh or lb_algo mh, or remove it',
  });
}

function onePacket(context: Context, node: Node, protocol: VirtualServer['protocol'] | 'none'): boolean {
  const given = nodeOf(node, rows.ops);
  if (given === undefined || protocol === 'udp' || protocol === 'none') return given !== undefined;
  reportAt(context, given.statement, node.subject, {
    code: 'one-packet-needs-udp',
    message: `ops is for UDP, not for ${protocol.toUpperCase()}`,
    used: 'the line is ignored',
    remedy: 'remove the line, or write protocol UDP',
    reload: 'refuse-if-lost',
  });
  return false;
}
