import { trackedEntry } from '../arguments/list-entries.ts';
import { type Context, reportAt } from '../build/context.ts';
import { nodesOf, readValue } from '../build/read.ts';
import { checkerRows } from '../keywords/checkers.ts';
import { bfdCheckRows, fileCheckRows } from '../keywords/later/checkers.ts';
import { syncGroupRows } from '../keywords/later/root.ts';
import { laterVrrpInstanceRows } from '../keywords/later/vrrp-instance.ts';
import { rootRows } from '../keywords/root.ts';
import type { Row } from '../keywords/row.ts';
import type { Statement } from '../language/statement.ts';
import type { Node } from '../parser/node.ts';

/** Lists of names, and the objects that they name. */
const lists: readonly (readonly [list: Row, object: Row])[] = [
  [laterVrrpInstanceRows.track_file, rootRows.track_file],
  [laterVrrpInstanceRows.track_process, rootRows.vrrp_track_process],
  [laterVrrpInstanceRows.track_bfd, rootRows.bfd_instance],
  [syncGroupRows.track_script, rootRows.vrrp_script],
  [syncGroupRows.track_file, rootRows.track_file],
  [syncGroupRows.track_process, rootRows.vrrp_track_process],
  [syncGroupRows.track_bfd, rootRows.bfd_instance],
];

/** What `track_file` and its like, FILE_CHECK and BFD_CHECK name has to be defined. */
export function trackedNames(context: Context): void {
  trackedIn(context, context.tree.nodes);
  for (const list of context.tree.nodes.filter(({ row }) => staticLists.has(row))) checkGroups(context, list);
}

/** @param nodes with all that stands in them */
export function trackedIn(context: Context, nodes: readonly Node[]): void {
  const objects = new Map(lists);
  const visit = (some: readonly Node[], root: Node | undefined): void => {
    for (const node of some) {
      if (node.row.block === undefined) continue;
      const object = objects.get(node.row);
      if (object !== undefined) checkList(context, node, object, root ?? node);
      checkChecker(context, node, root ?? node);
      if (node.children.length > 0) visit(node.children, root ?? node);
    }
  };
  visit(nodes, undefined);
}

const staticLists: ReadonlySet<Row> = new Set<Row>([
  rootRows.static_ipaddress,
  rootRows.static_routes,
  rootRows.static_rules,
]);

/** `track_group GROUP` behind a static address, route or rule. */
function checkGroups(context: Context, list: Node): void {
  for (const statement of list.entries) {
    const word = statement.words.findIndex(({ text }) => text === 'track_group') + 1;
    const name = word === 0 ? undefined : statement.words[word]?.text;
    if (name !== undefined) checkName(context, { statement, name, word }, rootRows.track_group, list);
  }
}

function checkList(context: Context, list: Node, object: Row, root: Node): void {
  const seen = new Set<string>();
  for (const statement of list.entries) {
    const name = trackedEntry.read(statement).value?.name;
    if (name === undefined) continue;
    if (seen.has(name)) reportTwice(context, statement, root, name);
    else checkName(context, { statement, name, word: 0 }, object, root);
    seen.add(name);
  }
}

function checkChecker(context: Context, node: Node, root: Node): void {
  const [row, object] =
    node.row === checkerRows.FILE_CHECK
      ? [fileCheckRows.track_file, rootRows.track_file]
      : node.row === checkerRows.BFD_CHECK
        ? [bfdCheckRows.name, rootRows.bfd_instance]
        : [];
  if (row === undefined || object === undefined) return;
  const given = nodesOf(node, row).at(-1);
  const name = readValue(node, row);
  if (given === undefined || name === undefined) return;
  checkName(context, { statement: given.statement, name, word: 1 }, object, root);
}

interface Use {
  readonly statement: Statement;
  readonly name: string;
  readonly word: number;
}

function checkName(context: Context, use: Use, object: Row, root: Node): void {
  const { statement, name, word } = use;
  const root0 = { children: context.tree.nodes };
  const definition = nodesOf(root0, object).find((node) => node.statement.words[1]?.text === name);
  if (definition === undefined) {
    if (!context.tree.lostNames.has(name)) reportUndefined(context, use, object, root);
    return;
  }
  if (context.order(definition) < context.order(root)) return;
  const { file, line } = definition.statement.origin;
  reportAt(context, statement, root.subject, {
    code: 'defined-later',
    severity: 'note',
    message: `${name} is defined only further down (${file}:${line}); keepalived does not find it there`,
    word,
    used: 'the definition all the same',
    remedy: 'move the definition above this block, so that it works with keepalived too',
    keepalived: 'reported',
  });
}

function reportUndefined(context: Context, { statement, name, word }: Use, object: Row, root: Node): void {
  const kind = Object.entries(rootRows).find(([, row]) => row === object)?.[0] ?? 'object';
  reportAt(context, statement, root.subject, {
    code: 'tracked-undefined',
    severity: 'warning',
    message: `no ${kind} ${name} is defined`,
    word,
    used: 'the entry is left out',
    remedy: `define ${kind} ${name}, or remove the line`,
    keepalived: 'reported',
  });
}

function reportTwice(context: Context, statement: Statement, root: Node, name: string): void {
  reportAt(context, statement, root.subject, {
    code: 'tracked-twice',
    message: `${name} is tracked already`,
    used: 'the first entry',
    remedy: 'remove this line',
  });
}
