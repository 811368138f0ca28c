import { virtualServerRows as rows } from '../keywords/virtual-server.ts';
import type { RealServer, VirtualServer } from '../lvs-types.ts';
import { commandOf, type PoolContext, reportRepair } from './pool-context.ts';
import { nodeOf, readValue } from './read.ts';

export type Quorum = Pick<VirtualServer, 'quorum' | 'hysteresis' | 'quorumUp' | 'quorumDown'>;

/** `quorum` and `hysteresis`, as far as the weights of the real servers can fulfil them. */
export function buildQuorum(context: PoolContext, realServers: readonly RealServer[]): Quorum {
  const wanted = readValue(context.node, rows.quorum) ?? 1;
  const total = realServers.reduce((sum, { weight }) => sum + weight, 0);
  const quorum = Math.min(wanted, total);
  if (quorum < wanted) reportQuorum(context, wanted, total);
  const hysteresis = readValue(context.node, rows.hysteresis) ?? 0;
  const most = Math.max(0, quorum - 1);
  if (hysteresis > most && hysteresis >= wanted) reportHysteresis(context, hysteresis, quorum);
  return {
    quorum,
    hysteresis: Math.min(hysteresis, most),
    quorumUp: commandOf(readValue(context.node, rows.quorum_up)),
    quorumDown: commandOf(readValue(context.node, rows.quorum_down)),
  };
}

function reportQuorum(context: PoolContext, wanted: number, total: number): void {
  // A real server that was lost to a mistake, or its weight, has been told.
  if (context.reporter.blame(context.node.subject, 'realServers', 'harmless')) return;
  const written = nodeOf(context.node, rows.quorum);
  reportRepair(context, written ?? context.node, {
    code: 'quorum-too-high',
    ...(written === undefined ? {} : { word: 1 }),
    message: `quorum ${wanted} is more than the real servers weigh together (${total})`,
    used: `quorum ${total}`,
    remedy: `write a quorum of at most ${total}, or greater weights`,
    property: 'quorum',
  });
}

const reportHysteresis = (context: PoolContext, hysteresis: number, quorum: number): void =>
  reportRepair(context, nodeOf(context.node, rows.hysteresis) ?? context.node, {
    code: 'hysteresis-too-high',
    message: `hysteresis ${hysteresis} is not below the quorum ${quorum}`,
    word: 1,
    used: `hysteresis ${Math.max(0, quorum - 1)}`,
    remedy: 'write a hysteresis that is less than the quorum',
    property: 'hysteresis',
  });
