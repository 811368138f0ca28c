import { type Context, reportAt, type StatementReport } from '../build/context.ts';
import { nodesOf } from '../build/read.ts';
import { syncGroupRows as groupRows } from '../keywords/later/root.ts';
import { laterVrrpInstanceRows } from '../keywords/later/vrrp-instance.ts';
import { rootRows } from '../keywords/root.ts';
import type { Row } from '../keywords/row.ts';
import { vrrpInstanceRows } from '../keywords/vrrp-instance.ts';
import type { Statement } from '../language/statement.ts';
import type { Node } from '../parser/node.ts';

/** A group needs members that exist, and more than one to be of use; what is tracked is tracked once. */
export function syncGroupMembers(context: Context): void {
  const root = { children: context.tree.nodes };
  const instances = new Map(
    nodesOf(root, rootRows.vrrp_instance).map((node) => [node.statement.words[1]?.text ?? '', node]),
  );
  const taken = new Set<string>();
  for (const group of nodesOf(root, rootRows.vrrp_sync_group)) {
    const members = nodesOf(group, groupRows.group).flatMap(({ entries }) => entries);
    const known: Node[] = [];
    for (const statement of members) {
      const name = statement.words[0].text;
      const instance = instances.get(name);
      if (instance === undefined) undefinedMember(context, group, statement);
      else if (taken.has(name)) memberTwice(context, group, statement);
      else known.push(instance);
      taken.add(name);
    }
    if (known.length === 1 && members.length === 1) lonely(context, group);
    for (const instance of known) tracking(context, group, instance);
  }
}

const warn = (context: Context, statement: Statement, node: Node, report: StatementReport): void =>
  reportAt(context, statement, node.subject, { severity: 'warning', keepalived: 'reported', ...report });

function undefinedMember(context: Context, group: Node, statement: Statement): void {
  const name = statement.words[0].text;
  if (context.tree.lostNames.has(name)) return;
  warn(context, statement, group, {
    code: 'group-member-undefined',
    message: `there is no vrrp_instance ${name}`,
    used: 'the member is left out',
    remedy: 'check the name, or define the instance',
  });
}

const memberTwice = (context: Context, group: Node, statement: Statement): void =>
  warn(context, statement, group, {
    code: 'group-member-twice',
    message: `${statement.words[0].text} is in a sync group already`,
    used: 'the member is left out here',
    remedy: 'remove the line',
  });

const lonely = (context: Context, group: Node): void =>
  warn(context, group.statement, group, {
    code: 'group-of-one',
    message: 'a sync group of one instance keeps nothing in step',
    remedy: 'add the other instances, or remove the group',
  });

/** What a group and its instance may both track. */
const shared: readonly (readonly [own: Row, ofGroup: Row])[] = [
  [vrrpInstanceRows.track_interface, groupRows.track_interface],
  [vrrpInstanceRows.track_script, groupRows.track_script],
  [laterVrrpInstanceRows.track_file, groupRows.track_file],
  [laterVrrpInstanceRows.track_process, groupRows.track_process],
  [laterVrrpInstanceRows.track_bfd, groupRows.track_bfd],
];

/** Members of a group have one priority in common, so weights of their own do not count, unless the group says so. */
function tracking(context: Context, group: Node, instance: Node): void {
  const weighted = nodesOf(group, groupRows.sync_group_tracking_weight).length > 0;
  for (const [own, ofGroup] of shared) {
    const names = new Set(entriesOf(group, ofGroup).map(({ words }) => words[0].text));
    for (const statement of entriesOf(instance, own)) {
      const name = statement.words[0].text;
      if (names.has(name)) trackedTwice(context, instance, statement);
      else if (!weighted && hasWeight(statement)) weightIgnored(context, instance, statement);
    }
  }
}

const entriesOf = (node: Node, row: Row): readonly Statement[] =>
  nodesOf(node, row).flatMap(({ entries }) => entries);

const hasWeight = ({ words: [, option, value] }: Statement): boolean =>
  option?.text === 'weight' && value !== undefined && value.text !== '0';

const trackedTwice = (context: Context, instance: Node, statement: Statement): void =>
  warn(context, statement, instance, {
    code: 'tracked-by-group',
    message: `the sync group of the instance tracks ${statement.words[0].text} already`,
    used: 'the entry of the group',
    remedy: 'remove one of the two',
  });

const weightIgnored = (context: Context, instance: Node, statement: Statement): void =>
  warn(context, statement, instance, {
    code: 'weight-in-group',
    message: 'weights do not count for an instance of a sync group',
    used: 'the entry counts for nothing',
    remedy: 'remove the weight, or add sync_group_tracking_weight to the group',
  });
