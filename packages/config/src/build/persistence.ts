import { address, type IpAddress } from '@holdfast/kit';
import type { Granularity } from '../arguments/granularity.ts';
import { virtualServerRows as rows } from '../keywords/virtual-server.ts';
import type { VirtualServer } from '../lvs-types.ts';
import type { Node } from '../parser/node.ts';
import { type Context, reportAt, type StatementReport } from './context.ts';
import type { Reach } from './reach.ts';
import { nodeOf, readValue } from './read.ts';

type Complaint = Omit<StatementReport, 'word' | 'property' | 'reload' | 'code'>;

/** In seconds: what the bare keyword means, and what a service for every port gets. */
const usual = 360;

/** `persistence_timeout` and `persistence_granularity`; a service for every port cannot do without. */
export function buildPersistence(context: Context, node: Node, reach: Reach): VirtualServer['persistence'] {
  const timeout = readValue(node, rows.persistence_timeout);
  const granularity = readValue(node, rows.persistence_granularity);
  const netmask = granularity === undefined ? undefined : netmaskOf(context, node, granularity, reach);
  if (timeout !== undefined || netmask !== undefined) return { timeout: timeout ?? usual, netmask };
  if (!reach.services.some((service) => service.kind === 'address' && service.port === 0)) return undefined;
  if (!context.reporter.blame(node.subject, 'persistence', 'harmless')) reportEveryPort(context, node);
  return { timeout: usual, netmask };
}

function reportEveryPort(context: Context, node: Node): void {
  reportAt(context, node.statement, node.subject, {
    code: 'port-missing',
    message: 'a virtual server without a port serves every port, which needs persistence',
    used: `persistence_timeout ${usual}`,
    remedy: 'write a port behind the address, or add persistence_timeout',
    property: 'persistence',
    reload: 'refuse-if-lost',
  });
}

function netmaskOf(
  context: Context,
  node: Node,
  granularity: Granularity,
  { family }: Reach,
): number | IpAddress | undefined {
  const problem = (report: Complaint): void =>
    reportAt(context, (nodeOf(node, rows.persistence_granularity) ?? node).statement, node.subject, {
      code: 'wrong-granularity',
      word: 1,
      property: 'persistence',
      reload: 'refuse-if-lost',
      ...report,
    });
  if (family === 6) {
    if (granularity.kind === 'length' && granularity.length >= 1 && granularity.length <= 128)
      return granularity.length;
    problem({
      message: 'persistence_granularity of an IPv6 service is a prefix length from 1 to 128',
      used: 'every client counts for itself',
      remedy: 'write a number from 1 to 128',
    });
    return undefined;
  }
  if (granularity.kind === 'mask') return granularity.mask;
  return maskByLength(granularity, problem);
}

/** keepalived takes `24` for the mask 0.0.0.24, which nobody means, and says nothing. */
function maskByLength(granularity: Granularity, problem: (report: Complaint) => void): IpAddress | undefined {
  const remedy = 'write a netmask such as 255.255.255.0';
  const message = 'persistence_granularity of an IPv4 service is a netmask';
  if (granularity.kind !== 'length' || granularity.length < 1 || granularity.length > 32) {
    const keepalived = granularity.kind === 'unreadable' ? 'reported' : 'none';
    problem({ message, used: 'every client counts for itself', remedy, keepalived });
    return undefined;
  }
  const bits = (0xffff_ffff << (32 - granularity.length)) >>> 0;
  const mask = address([24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.'));
  problem({
    severity: 'warning',
    message,
    used: `${mask} is used`,
    remedy: `write ${mask}`,
    keepalived: 'none',
  });
  return mask;
}
