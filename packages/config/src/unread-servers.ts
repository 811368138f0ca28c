import type { Context } from './build/context.ts';
import { notInEffect } from './build/not-in-effect.ts';
import { poolsContext } from './build/pool-context.ts';
import { buildVirtualServer } from './build/virtual-server.ts';
import type { Lines } from './language/lines.ts';
import { uncheckedServers } from './lints/virtual-servers.ts';
import type { Bodies } from './parser/bodies.ts';
import type { KnownServer, Node } from './parser/node.ts';
import { parseTree } from './parser/parse-tree.ts';
import type { ServerBlock } from './parser/server-blocks.ts';
import type { Items } from './parser/token-stream.ts';
import { requiredIn } from './rules/required.ts';
import { trackedIn } from './rules/tracked-names.ts';

/**
 * Reads the virtual servers of a file one after the other, so that the keywords of one of them at most are in memory.
 * @param context of the rest of the file
 * @returns the outermost nodes with what has been read in place of blocks; undefined where there is anything to report:
 *   then the file has to be read as a whole
 */
export function withServersRead(context: Context): readonly Node[] | undefined {
  const pools = poolsContext(context);
  const bodies: Bodies = new Map();
  const { report, diagnostics } = context.reporter;
  const nodes: Node[] = [];
  for (const outer of context.tree.nodes) {
    const [node] = outer.unread === undefined ? [] : parseTree([outer.unread], report, bodies).nodes;
    if (node === undefined) {
      nodes.push(outer);
      continue;
    }
    const server = buildVirtualServer(pools, node, new Map());
    const shown = withEachBodyOnce(node);
    const own = { ...pools, order: (one: Node): number => context.order(one === shown ? outer : one) };
    requiredIn(own, [shown]);
    trackedIn(own, [shown]);
    if (server === undefined || diagnostics().length > 0) return undefined;
    const known = { server, unchecked: uncheckedServers(node), notInEffect: notInEffect({ nodes: [shown] }) };
    nodes.push({ ...outer, known, unread: undefined });
  }
  return nodes;
}

/** Of real servers that share their keywords one is enough for whoever looks at keywords only. */
function withEachBodyOnce(node: Node): Node {
  const seen = new Set<Node['children']>();
  const children = node.children.filter((child) => {
    const isNew = child.children.length === 0 || !seen.has(child.children);
    seen.add(child.children);
    return isNew;
  });
  return { ...node, children };
}

/** What a reading before this one has found of a virtual server; undefined: nothing, or not of this one. */
export type KnowsServer = (block: ServerBlock) => KnownServer | undefined;

/** The file as it is parsed first: without the blocks of virtual servers. */
export function withoutServers(lines: Lines, blocks: readonly ServerBlock[], knows: KnowsServer): Items {
  let at = 0;
  const items = blocks.flatMap((block) => {
    const { first, end } = block;
    const known = knows(block);
    const unread = known === undefined ? { lines, first, end } : undefined;
    const before = { lines, first: at, end: first };
    at = end;
    return [before, { header: lines.at(first), known, unread }];
  });
  return [...items, { lines, first: at, end: lines.length }];
}
