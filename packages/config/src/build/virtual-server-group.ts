import { familyOf } from '@holdfast/kit';
import { type GroupEntry, groupEntry } from '../arguments/group-entry.ts';
import { rootRows } from '../keywords/root.ts';
import type { Node } from '../parser/node.ts';
import { type Context, reportAt } from './context.ts';
import { entriesOf, nodesOf } from './read.ts';

/** Every usable `virtual_server_group` by its name, wherever in the file it stands. */
export function buildGroups(context: Context): ReadonlyMap<string, readonly GroupEntry[]> {
  const groups = new Map<string, readonly GroupEntry[]>();
  for (const node of nodesOf({ children: context.tree.nodes }, rootRows.virtual_server_group)) {
    const name = node.statement.words[1]?.text ?? '';
    const list = entriesOf({ children: [node] }, rootRows.virtual_server_group, groupEntry);
    const entries = list.map(({ value }) => value);
    if (entries.length === 0) reportEmpty(context, node);
    else if (isAmbiguous(entries)) reportAmbiguous(context, node);
    else groups.set(name, entries);
  }
  return groups;
}

/** With addresses of both families nobody can tell which one a bare firewall mark means. */
function isAmbiguous(entries: readonly GroupEntry[]): boolean {
  const families = new Set(
    entries.flatMap((entry) => (entry.kind === 'addresses' ? entry.addresses.slice(0, 1).map(familyOf) : [])),
  );
  return families.size > 1 && entries.some((entry) => entry.kind === 'fwmark' && entry.family === undefined);
}

function reportEmpty(context: Context, node: Node): void {
  if (context.reporter.blame(node.subject, 'services', 'harmless')) return;
  reportAt(context, node.statement, node.subject, {
    code: 'group-empty',
    message: 'the virtual_server_group has no entry',
    used: 'the group is left out',
    remedy: 'write addresses or firewall marks between its braces, one a line',
    property: 'services',
    reload: 'refuse-if-lost',
  });
}

function reportAmbiguous(context: Context, node: Node): void {
  reportAt(context, node.statement, node.subject, {
    code: 'mixed-families',
    message: 'the virtual_server_group has IPv4, IPv6 and a firewall mark without a family',
    used: 'the group is left out',
    remedy: 'write inet or inet6 behind the mark',
    property: 'services',
    reload: 'refuse-if-lost',
  });
}
