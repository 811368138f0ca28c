import { type Context, reportAt } from '../build/context.ts';
import { nodesOf } from '../build/read.ts';
import { rootRows } from '../keywords/root.ts';

/** A group needs members that exist, and more than one to be of use. */
export function syncGroupMembers(context: Context): void {
  const root = { children: context.tree.nodes };
  const instances = new Set(
    nodesOf(root, rootRows.vrrp_instance).map(({ statement }) => statement.words[1]?.text),
  );
  for (const group of nodesOf(root, rootRows.vrrp_sync_group)) {
    const lists = group.children.filter(({ statement }) => statement.words[0].text === 'group');
    const members = lists.flatMap(({ entries }) => entries);
    const known = members.filter(({ words: [name] }) => instances.has(name.text));
    for (const statement of members) {
      const name = statement.words[0].text;
      if (instances.has(name) || context.tree.lostNames.has(name)) continue;
      reportAt(context, statement, group.subject, {
        code: 'group-member-undefined',
        severity: 'warning',
        message: `there is no vrrp_instance ${name}`,
        used: 'the member is left out',
        remedy: 'check the name, or define the instance',
        keepalived: 'reported',
      });
    }
    if (known.length !== 1 || members.length > 1) continue;
    reportAt(context, group.statement, group.subject, {
      code: 'group-of-one',
      severity: 'warning',
      message: 'a sync group of one instance keeps nothing in step',
      remedy: 'add the other instances, or remove the group',
      keepalived: 'reported',
    });
  }
}
