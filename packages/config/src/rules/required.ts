import { familyOf } from '@holdfast/kit';
import { type Context, reportAt } from '../build/context.ts';
import { isGiven, nodeOf, nodesOf, readValue } from '../build/read.ts';
import { checkerRows } from '../keywords/checkers.ts';
import { globalRows } from '../keywords/global-defs.ts';
import { bfdCheckRows, fileCheckRows } from '../keywords/later/checkers.ts';
import {
  bfdInstanceRows,
  garpGroupRows,
  syncGroupRows,
  trackFileRows,
  trackGroupRows,
  trackProcessRows,
} from '../keywords/later/root.ts';
import { rootRows } from '../keywords/root.ts';
import type { Row } from '../keywords/row.ts';
import type { Node } from '../parser/node.ts';

/** A block, and keywords of which one at least has to be in it. */
interface Need {
  readonly block: Row;
  readonly oneOf: readonly Row[];
  readonly what: string;
}

const needs: readonly Need[] = [
  { block: rootRows.bfd_instance, oneOf: [bfdInstanceRows.neighbor_ip], what: 'neighbor_ip' },
  { block: rootRows.track_file, oneOf: [trackFileRows.file], what: 'file' },
  { block: rootRows.vrrp_track_process, oneOf: [trackProcessRows.process], what: 'process' },
  {
    block: rootRows.garp_group,
    oneOf: [garpGroupRows.garp_interval, garpGroupRows.gna_interval],
    what: 'garp_interval or gna_interval',
  },
  { block: rootRows.vrrp_sync_group, oneOf: [syncGroupRows.group], what: 'group' },
  { block: checkerRows.FILE_CHECK, oneOf: [fileCheckRows.track_file], what: 'track_file' },
  { block: checkerRows.BFD_CHECK, oneOf: [bfdCheckRows.name], what: 'name' },
];

/** Lists that are worth nothing without an entry. */
const lists: ReadonlySet<Row> = new Set<Row>([
  globalRows.notification_email,
  syncGroupRows.group,
  trackGroupRows.group,
  garpGroupRows.interfaces,
]);

/** A session has one family: with ends of two it is left out. */
function mixedSession(context: Context, session: Node): void {
  const neighbor = readValue(session, bfdInstanceRows.neighbor_ip);
  const source = readValue(session, bfdInstanceRows.source_ip);
  const given = nodeOf(session, bfdInstanceRows.source_ip);
  if (neighbor === undefined || source === undefined || given === undefined) return;
  if (familyOf(neighbor) === familyOf(source)) return;
  reportAt(context, given.statement, session.subject, {
    code: 'mixed-families',
    message: `source_ip ${source} is of another family than ${neighbor}`,
    word: 1,
    used: 'the block is left out',
    remedy: 'write two addresses of one family',
  });
}

/** More than the most that is allowed is never reached. Without `quorum` the most may be 0: none may run. */
function quorumOfProcesses(context: Context, process: Node): void {
  const most = nodeOf(process, trackProcessRows.quorum_max);
  const [low, high] = [trackProcessRows.quorum, trackProcessRows.quorum_max].map((row) =>
    readValue(process, row),
  );
  if (most === undefined || low === undefined || high === undefined || high >= low) return;
  reportAt(context, most.statement, process.subject, {
    code: 'quorum-contradicts',
    message: `quorum_max ${high} is below quorum ${low}`,
    word: 1,
    used: 'no upper limit',
    remedy: 'write a number that is not below quorum',
  });
}

/** Two sessions to one neighbour, of which one or both may come from anywhere: the second is left out. */
function sameSessions(context: Context): void {
  const sources = new Map<string, readonly (string | undefined)[]>();
  for (const session of nodesOf({ children: context.tree.nodes }, rootRows.bfd_instance)) {
    const neighbor = readValue(session, bfdInstanceRows.neighbor_ip);
    const given = nodeOf(session, bfdInstanceRows.neighbor_ip);
    if (neighbor === undefined || given === undefined) continue;
    const source = readValue(session, bfdInstanceRows.source_ip);
    const others = sources.get(neighbor) ?? [];
    sources.set(neighbor, [...others, source]);
    if (!others.some((other) => other === undefined || source === undefined || other === source)) continue;
    reportAt(context, given.statement, session.subject, {
      code: 'given-twice',
      message: `another bfd_instance has the neighbour ${neighbor} already`,
      word: 1,
      used: 'the block is left out',
      remedy: 'remove one of them, or give each a source_ip of its own',
    });
  }
}

/** An object that lacks what it cannot do without is left out, and an empty list is hardly meant so. */
export function requiredKeywords(context: Context): void {
  requiredIn(context, context.tree.nodes);
  sameSessions(context);
}

/** @param nodes with all that stands in them */
export function requiredIn(context: Context, nodes: readonly Node[]): void {
  const byBlock = new Map(needs.map((need) => [need.block, need]));
  const visit = (some: readonly Node[]): void => {
    for (const node of some) {
      // Most lines have no block: they are passed over at once.
      if (node.row.block === undefined) continue;
      const need = byBlock.get(node.row);
      if (need !== undefined && !need.oneOf.some((row) => isGiven(node, row)))
        reportNeed(context, node, need);
      if (node.row === rootRows.bfd_instance) mixedSession(context, node);
      if (node.row === rootRows.vrrp_track_process) quorumOfProcesses(context, node);
      if (lists.has(node.row) && node.entries.length === 0) reportEmpty(context, node);
      if (node.children.length > 0) visit(node.children);
    }
  };
  visit(nodes);
}

const titleOf = (node: Node): string => node.statement.words.map((word) => word.text).join(' ');

function reportNeed(context: Context, node: Node, { oneOf, what }: Need): void {
  // What was lost to a mistake in its line has been told there.
  const blamed = oneOf.some(({ property }) =>
    context.reporter.blame(node.subject, property ?? '', 'harmless'),
  );
  if (blamed) return;
  reportAt(context, node.statement, node.subject, {
    code: 'needed-keyword-missing',
    message: `${titleOf(node)} has no ${what}`,
    used: 'the block is left out',
    remedy: `add a line with ${what}`,
  });
}

function reportEmpty(context: Context, node: Node): void {
  reportAt(context, node.statement, node.subject, {
    code: 'empty-list',
    severity: 'warning',
    message: `${titleOf(node)} names nothing`,
    remedy: 'put at least one line between its braces, or remove it',
    keepalived: 'reported',
  });
}
