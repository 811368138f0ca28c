import type { ScriptArgument } from '../arguments/script.ts';
import { syncGroupRows as groupRows } from '../keywords/later/root.ts';
import { rootRows } from '../keywords/root.ts';
import type { Node } from '../parser/node.ts';
import type { ScriptCommand } from '../script-command.ts';
import type { NotifyScripts, VrrpInstance } from '../types.ts';
import { buildNotify } from './notify.ts';
import { nodesOf, readValue } from './read.ts';

/** Scripts that nothing calls here, and that keepalived looks at all the same. */
export type IdleNotify = Pick<VrrpInstance, 'name' | 'notify'>;

/** The scripts of sync groups, and of instances that cannot run. @param built the nodes of those that can */
export function idleNotify(nodes: readonly Node[], built: ReadonlySet<Node>): readonly IdleNotify[] {
  const root = { children: nodes };
  const lost = nodesOf(root, rootRows.vrrp_instance).filter((node) => !built.has(node));
  const groups = nodesOf(root, rootRows.vrrp_sync_group);
  return [
    ...lost.map((node) => ({ name: titleOf(node), notify: buildNotify(node) })),
    ...groups.map((node) => ({ name: titleOf(node), notify: groupNotify(node) })),
  ];
}

const titleOf = ({ statement }: Node): string => statement.words.map(({ text }) => text).join(' ');

function groupNotify(group: Node): NotifyScripts {
  const command = (argument: ScriptArgument | undefined): ScriptCommand | undefined =>
    argument === undefined ? undefined : { argv: argument.argv, runAs: argument.user };
  const [master, backup, fault, stop, any] = [
    groupRows.notify_master,
    groupRows.notify_backup,
    groupRows.notify_fault,
    groupRows.notify_stop,
    groupRows.notify,
  ].map((row) => command(readValue(group, row)));
  return {
    reportDeleted: false,
    ...(master === undefined ? {} : { master }),
    ...(backup === undefined ? {} : { backup }),
    ...(fault === undefined ? {} : { fault }),
    ...(stop === undefined ? {} : { stop }),
    ...(any === undefined ? {} : { any }),
  };
}
