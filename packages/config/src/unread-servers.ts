import { alikeServers } from './alike-servers.ts';
import type { Context } from './build/context.ts';
import { notInEffect } from './build/not-in-effect.ts';
import { poolsContext } from './build/pool-context.ts';
import { readVirtualServer } from './build/virtual-server.ts';
import { createReporter, type Report } from './diagnostics/report.ts';
import type { LineRange, Lines } from './language/lines.ts';
import { uncheckedServers } from './lints/virtual-servers.ts';
import type { Bodies } from './parser/bodies.ts';
import type { KnownServer, Node, Tree } from './parser/node.ts';
import { type Outline, outlineOf } from './parser/outline.ts';
import { parseTree } from './parser/parse-tree.ts';
import type { ServerBlock } from './parser/server-blocks.ts';
import type { Items } from './parser/token-stream.ts';
import { requiredIn } from './rules/required.ts';
import { trackedIn } from './rules/tracked-names.ts';

/**
 * Reads the virtual servers of a file one after the other, so that the keywords of one of them at most are in memory:
 * only where there is something to report they stay, each with its place.
 * @param context of the rest of the file
 */
export function withServersRead(context: Context): Tree {
  const readQuietly = quietReader(context);
  const lostNames = new Set(context.tree.lostNames);
  const skipped = [...context.tree.skipped];
  let misspelt = context.reporter.diagnostics().filter(({ code }) => code === unknownKeywordCode).length;
  const report = (one: Report): void => {
    if (one.code === unknownKeywordCode) misspelt++;
    context.reporter.report(one);
  };
  const nodes = context.tree.nodes.flatMap((outer) => {
    if (outer.block === undefined || outer.known !== undefined) return [outer];
    const known = readQuietly(outer, outer.block);
    if (known !== undefined) return [{ ...outer, known }];
    const own = parseTree([outer.block], report, undefined, misspelt);
    for (const name of own.lostNames) lostNames.add(name);
    skipped.push(...own.skipped);
    return own.nodes;
  });
  return { nodes, lostNames, skipped };
}

const unknownKeywordCode = 'unknown-keyword';

type ReadQuietly = (outer: Node, lines: LineRange) => KnownServer | undefined;

/** @returns reads a virtual server whose real servers may share their keywords; undefined where anything is to report */
function quietReader(context: Context): ReadQuietly {
  const bodies: Bodies = new Map();
  const alike = alikeServers();
  const usual = poolsContext(context);
  let reporter = createReporter();
  const isSilent = (): boolean => reporter.diagnostics().length === 0;
  const readWhole = (
    outer: Node,
    lines: LineRange,
    outline: Outline | undefined,
  ): KnownServer | undefined => {
    const pools = { ...usual, reporter };
    const [node] = parseTree([lines], reporter.report, bodies).nodes;
    if (node === undefined) return undefined;
    const readable = readVirtualServer(pools, node, new Map());
    const server = readable?.build(readable.reach, readable.servers);
    const shown = withEachBodyOnce(node);
    const own = { ...pools, order: (one: Node): number => context.order(one === shown ? outer : one) };
    requiredIn(own, [shown]);
    trackedIn(own, [shown]);
    if (readable === undefined || server === undefined || !isSilent()) return undefined;
    const known = {
      server,
      unchecked: uncheckedServers(node),
      notInEffect: notInEffect({ nodes: [shown] }),
    };
    if (outline !== undefined && known.unchecked.length === 0 && known.notInEffect.length === 0)
      alike.learn(outline, readable);
    return known;
  };
  return (outer, lines) => {
    if (!isSilent()) {
      // What was shared of the one before may have been what there was to report.
      bodies.clear();
      alike.forget();
      reporter = createReporter();
    }
    const outline = outlineOf(lines);
    const server = outline === undefined ? undefined : alike.build(outline);
    if (!isSilent()) return undefined;
    return server === undefined ? readWhole(outer, lines, outline) : { server, ...nothingToTell };
  };
}

const nothingToTell = { unchecked: [], notInEffect: [] } as const;

/**
 * The tree with the keywords of those virtual servers of which a lint has something to say.
 * @param look reports what there is to say of the virtual servers of a tree
 */
export function withServersToTell(context: Context, look: (context: Context) => void): Tree {
  const { tree } = context;
  const bodies: Bodies = new Map();
  const nodes = tree.nodes.flatMap((outer) => {
    if (outer.block === undefined) return [outer];
    const reporter = createReporter();
    const own = parseTree([outer.block], reporter.report, bodies);
    look({ ...context, reporter, tree: { ...tree, nodes: own.nodes } });
    if (reporter.diagnostics().length === 0) return [outer];
    return parseTree([outer.block], reporter.report).nodes;
  });
  return { ...tree, nodes };
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
    const before = { lines, first: at, end: first };
    at = end;
    return [before, { header: lines.at(first), known, block: { lines, first, end } }];
  });
  return [...items, { lines, first: at, end: lines.length }];
}
