import { seconds } from '@holdfast/kit';
import { realServerHeader, type ServiceHeader, serviceHeader } from '../arguments/server-header.ts';
import { checkerRows } from '../keywords/later/checkers.ts';
import { virtualServerRows as rows } from '../keywords/later/virtual-server.ts';
import { rootRows } from '../keywords/root.ts';
import type { RealServer, VirtualServer } from '../lvs-types.ts';
import type { Node, Tree } from '../parser/node.ts';
import { nodesOf } from './read.ts';

export function buildVirtualServers(tree: Tree): readonly VirtualServer[] {
  return nodesOf({ children: tree.nodes }, rootRows.virtual_server).flatMap((node) => {
    const header = serviceHeader.read(node.statement).value;
    if (header === undefined) return [];
    return [
      {
        key: keyOf(header),
        services: header.kind === 'address' ? [header] : [],
        protocol: 'tcp',
        scheduler: 'wlc',
        schedulerFlags: { flag1: false, flag2: false, flag3: false },
        onePacket: false,
        persistence: undefined,
        persistenceEngine: undefined,
        delayLoop: seconds(60),
        haSuspend: false,
        alpha: false,
        omega: false,
        quorum: 1,
        hysteresis: 0,
        quorumUp: undefined,
        quorumDown: undefined,
        sorryServer: undefined,
        sorryServerInhibit: false,
        virtualhost: undefined,
        realServers: nodesOf(node, rows.real_server).flatMap(realServer),
      },
    ];
  });
}

function realServer(node: Node): readonly RealServer[] {
  const value = realServerHeader.read(node.statement).value;
  if (value === undefined) return [];
  return [
    {
      ...value,
      key: `[${value.address}]:tcp:${value.port}`,
      forwarding: { method: 'NAT' },
      weight: 1,
      inhibitOnFailure: false,
      upperThreshold: 0,
      lowerThreshold: 0,
      notifyUp: undefined,
      notifyDown: undefined,
      virtualhost: undefined,
      checkers: [],
    },
  ];
}

const checkers: ReadonlySet<unknown> = new Set(Object.values(checkerRows));

export const hasChecker = (server: Node): boolean => server.children.some((child) => checkers.has(child.row));

function keyOf(header: ServiceHeader): string {
  if (header.kind === 'address') return `${header.address} ${header.port}`;
  return header.kind === 'fwmark' ? `fwmark ${header.mark}` : `group ${header.name}`;
}
