import type { NamedNumber } from '../arguments/named-number.ts';
import { routeEntry } from '../arguments/route-entry.ts';
import { ruleEntry } from '../arguments/rule-entry.ts';
import { type Context, reportAt } from '../build/context.ts';
import { nodesOf, readValue } from '../build/read.ts';
import type { FileSystem } from '../files/file-system.ts';
import { laterVrrpInstanceRows as instanceRows } from '../keywords/later/vrrp-instance.ts';
import { rootRows } from '../keywords/root.ts';
import type { Argument, Row } from '../keywords/row.ts';
import { routeWords, staticRouteWords } from '../keywords/words/route-words.ts';
import { ruleWords, staticRuleWords } from '../keywords/words/rule-words.ts';
import type { Node } from '../parser/node.ts';

/** Options that take names of iproute2, and the file that has them. */
const tables: ReadonlyMap<Row, string> = new Map<Row, string>([
  [routeWords.table, 'rt_tables'],
  [routeWords.tos, 'rt_dsfield'],
  [routeWords.dsfield, 'rt_dsfield'],
  [routeWords.scope, 'rt_scopes'],
  [routeWords.protocol, 'rt_protos'],
  [ruleWords.table, 'rt_tables'],
  [ruleWords.lookup, 'rt_tables'],
  [ruleWords.tos, 'rt_dsfield'],
  [ruleWords.dsfield, 'rt_dsfield'],
  [ruleWords.suppress_ifgroup, 'group'],
  [ruleWords.sup_group, 'group'],
]);

interface ListKind {
  readonly list: Row;
  readonly entry: Argument<{ readonly children: readonly Node[] }>;
  readonly what: string;
}

const route = { entry: routeEntry(routeWords), what: 'route' } as const;
const rule = { entry: ruleEntry(ruleWords), what: 'rule' } as const;
const inInstance: readonly ListKind[] = [
  { list: instanceRows.virtual_routes, ...route },
  { list: instanceRows.virtual_rules, ...rule },
];
const atRoot: readonly ListKind[] = [
  { list: rootRows.static_routes, entry: routeEntry(staticRouteWords), what: 'route' },
  { list: rootRows.static_rules, entry: ruleEntry(staticRuleWords), what: 'rule' },
];

/** Names of routing tables and their like are those that the machine has: others are told. */
export function nameTables(context: Context, files: FileSystem): void {
  const root = { children: context.tree.nodes };
  const known = namesIn(files);
  for (const kind of atRoot) checkLists(context, root, kind, known);
  for (const instance of nodesOf(root, rootRows.vrrp_instance)) {
    for (const kind of inInstance) checkLists(context, instance, kind, known);
  }
}

type Known = (table: string) => ReadonlySet<string>;

function checkLists(
  context: Context,
  block: Pick<Node, 'children'>,
  { list, entry, what }: ListKind,
  known: Known,
): void {
  for (const node of nodesOf(block, list)) {
    for (const statement of node.entries) {
      const line = entry.read(statement).value;
      for (const { row, statement: option } of line?.children ?? []) {
        const table = tables.get(row);
        const value = table === undefined || line === undefined ? undefined : readValue(line, row);
        if (table === undefined || !isName(value) || known(table).has(value.name)) continue;
        reportAt(context, statement, node.subject, {
          code: 'unknown-value',
          message: `${option.words[0].text} ${value.name} is not in ${table} of this machine`,
          word: statement.words.findIndex(({ text }) => text === value.name),
          used: `the ${what} is left out`,
          remedy: `write its number, or add it to /etc/iproute2/${table}`,
        });
      }
    }
  }
}

const isName = (value: unknown): value is Exclude<NamedNumber, number> =>
  typeof value === 'object' && value !== null && 'name' in value;

const folders = ['/etc/iproute2', '/usr/share/iproute2', '/usr/lib/iproute2'];

/** Reads each table once, and only when a name is asked for. */
function namesIn(files: FileSystem): Known {
  const cache = new Map<string, ReadonlySet<string>>();
  return (table) => {
    const cached = cache.get(table);
    if (cached !== undefined) return cached;
    const names = folders.flatMap((folder) => [
      ...namesOf(`${folder}/${table}`, files),
      ...(files.list(`${folder}/${table}.d`) ?? []).flatMap((file) =>
        namesOf(`${folder}/${table}.d/${file}`, files),
      ),
    ]);
    const all = new Set(names);
    cache.set(table, all);
    return all;
  };
}

/** Lines of a number and a name. */
function namesOf(path: string, files: FileSystem): readonly string[] {
  if (files.stat(path)?.kind !== 'file') return [];
  const bytes = files.read(path);
  if (!bytes.ok) return [];
  const lines = new TextDecoder().decode(bytes.value).split('\n');
  return lines.flatMap((line) => /^\s*(?:0x[0-9a-f]+|\d+)\s+(\S+)/i.exec(line)?.[1] ?? []);
}
