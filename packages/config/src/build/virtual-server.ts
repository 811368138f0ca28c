import { realServerHeader, type ServiceHeader, serviceHeader } from '../arguments/server-header.ts';
import { checkerRows } from '../keywords/later/checkers.ts';
import { virtualServerRows as rows } from '../keywords/later/virtual-server.ts';
import { rootRows } from '../keywords/root.ts';
import type { Node, Tree } from '../parser/node.ts';
import type { VirtualServer } from '../types.ts';
import { nodesOf } from './read.ts';

export function buildVirtualServers(tree: Tree): readonly VirtualServer[] {
  return nodesOf({ children: tree.nodes }, rootRows.virtual_server).flatMap((node) => {
    const header = serviceHeader.read(node.statement).value;
    if (header === undefined) return [];
    const realServers = nodesOf(node, rows.real_server).flatMap((server) => {
      const value = realServerHeader.read(server.statement).value;
      return value === undefined ? [] : [{ ...value, hasChecker: hasChecker(server) }];
    });
    return [{ key: keyOf(header), realServers }];
  });
}

const checkers: ReadonlySet<unknown> = new Set(Object.values(checkerRows));

export const hasChecker = (server: Node): boolean => server.children.some((child) => checkers.has(child.row));

function keyOf(header: ServiceHeader): string {
  if (header.kind === 'address') return `${header.address} ${header.port}`;
  return header.kind === 'fwmark' ? `fwmark ${header.mark}` : `group ${header.name}`;
}
