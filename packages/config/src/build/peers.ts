import { type Family, familyOf } from '@holdfast/kit';
import { peerEntry } from '../arguments/list-entries.ts';
import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import type { Node } from '../parser/node.ts';
import type { UnicastPeer } from '../types.ts';
import { type Context, reportAt } from './context.ts';
import { entriesOf } from './read.ts';

/** keepalived 2.2 sends to such a peer twice, and says nothing. */
const tolerated = { severity: 'warning', keepalived: 'none' } as const;

/** `unicast_peer`: addresses of the instance's family, each once. */
export function buildPeers(context: Context, node: Node, family: Family): readonly UnicastPeer[] {
  const peers = new Map<string, UnicastPeer>();
  for (const { value, statement } of entriesOf(node, rows.unicast_peer, peerEntry)) {
    if (familyOf(value.address) === family && !peers.has(value.address)) {
      peers.set(value.address, value);
      continue;
    }
    const twice = peers.has(value.address);
    reportAt(context, statement, node.subject, {
      code: twice ? 'duplicate-peer' : 'mixed-families',
      message: twice
        ? `${value.address} is a peer already`
        : `the peer ${value.address} is not an IPv${family} address`,
      ...(twice ? tolerated : {}),
      used: 'the peer is left out',
      remedy: 'remove the line',
      property: 'unicastPeers',
      reload: twice ? 'apply' : 'refuse-if-lost',
    });
  }
  return [...peers.values()];
}
