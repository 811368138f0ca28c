import { rootRows } from '../keywords/root.ts';
import { tlsClientRows as rows } from '../keywords/tls-client.ts';
import type { TlsClient } from '../lvs-types.ts';
import type { Tree } from '../parser/node.ts';
import { nodeOf, readValue } from './read.ts';

/** `SSL { }`: the last block counts; `undefined` where there is none. */
export function buildTlsClient(tree: Tree): TlsClient | undefined {
  const block = nodeOf({ children: tree.nodes }, rootRows.SSL);
  if (block === undefined) return undefined;
  const entries = Object.entries(rows).flatMap(([name, row]) => {
    const value = readValue(block, row);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}
