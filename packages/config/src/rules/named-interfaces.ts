import { type Context, reportAt, type StatementReport } from '../build/context.ts';
import { isGiven, nodesOf } from '../build/read.ts';
import { garpGroupRows, syncGroupRows } from '../keywords/later/root.ts';
import { laterVrrpInstanceRows } from '../keywords/later/vrrp-instance.ts';
import { rootRows } from '../keywords/root.ts';
import type { Row } from '../keywords/row.ts';
import { vrrpInstanceRows } from '../keywords/vrrp-instance.ts';
import type { Statement } from '../language/statement.ts';
import type { Node } from '../parser/node.ts';

/** Interfaces that lists, addresses, routes and rules name have to be there, and one group paces each. */
export function namedInterfaces(context: Context): void {
  const root = { children: context.tree.nodes };
  for (const row of [rootRows.interface_up_down_delays, rootRows.linkbeat_interfaces]) {
    for (const list of nodesOf(root, row)) {
      for (const statement of list.entries)
        isThere(context, list, { statement, word: 0, verdict: 'cannot-run' });
    }
  }
  for (const list of listsOf(context.tree.nodes)) {
    for (const statement of list.entries) {
      for (const word of devicesOf(statement))
        isThere(context, list, { statement, word, verdict: 'reported' });
    }
  }
  for (const instance of nodesOf(root, rootRows.vrrp_instance)) {
    for (const { statement } of nodesOf(instance, laterVrrpInstanceRows.vrf)) {
      if (isGiven(instance, vrrpInstanceRows.interface)) vrfBesideInterface(context, instance, statement);
      else isThere(context, instance, { statement, word: 1, verdict: 'reported' });
    }
  }
  for (const group of nodesOf(root, rootRows.vrrp_sync_group)) {
    for (const list of nodesOf(group, syncGroupRows.track_interface)) {
      for (const statement of list.entries)
        isThere(context, list, { statement, word: 0, verdict: 'reported' });
    }
  }
  const paced = new Set<string>();
  for (const group of nodesOf(root, rootRows.garp_group)) {
    for (const use of usesIn(group)) pacedOnce(context, group, use, paced);
  }
}

const withDevices: ReadonlySet<Row> = new Set<Row>([
  rootRows.static_ipaddress,
  rootRows.static_routes,
  rootRows.static_rules,
  laterVrrpInstanceRows.virtual_routes,
  laterVrrpInstanceRows.virtual_rules,
]);

/** They stand at the outermost level or in an instance. */
const listsOf = (nodes: readonly Node[]): readonly Node[] => [
  ...nodes.filter(({ row }) => withDevices.has(row)),
  ...nodesOf({ children: nodes }, rootRows.vrrp_instance).flatMap(({ children }) =>
    children.filter(({ row }) => withDevices.has(row)),
  ),
];

const deviceWords: ReadonlySet<string> = new Set(['dev', 'oif', 'iif']);

/** Places of the words that name an interface. */
const devicesOf = ({ words }: Statement): readonly number[] =>
  words.flatMap(({ text }, index) => (deviceWords.has(text) && index + 1 < words.length ? [index + 1] : []));

const vrfBesideInterface = (context: Context, instance: Node, statement: Statement): void =>
  reportAt(context, statement, instance.subject, {
    code: 'vrf-with-interface',
    message: 'vrf is for an instance without an interface',
    used: 'the line is ignored',
    remedy: 'remove vrf, or interface',
  });

interface Use {
  readonly statement: Statement;
  readonly word: number;
  readonly verdict: NonNullable<StatementReport['keepalived']>;
}

const nameOf = ({ statement, word }: Use): string => statement.words[word]?.text ?? '';

function usesIn(group: Node): readonly Use[] {
  const entries = (row: Row): readonly Statement[] => nodesOf(group, row).flatMap((list) => list.entries);
  return [
    ...nodesOf(group, garpGroupRows.interface).map(({ statement }) => ({ statement, word: 1 })),
    ...entries(garpGroupRows.interfaces).map((statement) => ({ statement, word: 0 })),
  ].map((use) => ({ ...use, verdict: 'reported' }));
}

function pacedOnce(context: Context, group: Node, use: Use, paced: Set<string>): void {
  const name = nameOf(use);
  if (paced.has(name)) {
    reportAt(context, use.statement, group.subject, {
      code: 'given-twice',
      message: `${name} is in a garp_group already`,
      word: use.word,
      used: 'the first one',
      remedy: 'remove it here',
    });
  } else isThere(context, group, use);
  paced.add(name);
}

function isThere(context: Context, list: Node, use: Use): void {
  const { interfaces, global } = context;
  if (interfaces === undefined || global.dynamicInterfaces || interfaces.has(nameOf(use))) return;
  reportAt(context, use.statement, list.subject, {
    code: 'interface-missing',
    message: `there is no interface ${nameOf(use)}`,
    word: use.word,
    used: 'the entry is left out',
    remedy: `interfaces of this machine: ${[...interfaces.keys()].join(', ')}`,
    keepalived: use.verdict,
  });
}
