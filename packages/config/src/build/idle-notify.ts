import type { ScriptArgument } from '../arguments/script.ts';
import { globalRows } from '../keywords/global-defs.ts';
import { syncGroupRows as groupRows } from '../keywords/later/root.ts';
import { rootRows } from '../keywords/root.ts';
import type { Node } from '../parser/node.ts';
import type { NotifyScripts, VrrpInstance } from '../types.ts';
import { buildNotify } from './notify.ts';
import { type BlockContent, nodesOf, readValue } from './read.ts';

/** Scripts that nothing calls here, and that keepalived looks at all the same. */
export type IdleNotify = Pick<VrrpInstance, 'name' | 'notify'>;

/**
 * The scripts of sync groups, of instances that cannot run, and of the daemon's start and end.
 * @param built the nodes of the instances that can run
 */
export function idleNotify(nodes: readonly Node[], built: ReadonlySet<Node>): readonly IdleNotify[] {
  const root = { children: nodes };
  const daemon = nodesOf(root, rootRows.global_defs).map((node) => ({
    name: titleOf(node),
    notify: notifyOf([
      readValue(node, globalRows.startup_script),
      readValue(node, globalRows.shutdown_script),
    ]),
  }));
  const instances = nodesOf(root, rootRows.vrrp_instance);
  // Without any instance keepalived does not come to look at them.
  return instances.length === 0 ? daemon : [...daemon, ...idleRouters(root, instances, built)];
}

function idleRouters(
  root: BlockContent,
  instances: readonly Node[],
  built: ReadonlySet<Node>,
): readonly IdleNotify[] {
  const lost = instances.filter((node) => !built.has(node));
  const groups = nodesOf(root, rootRows.vrrp_sync_group);
  return [
    ...lost.map((node) => ({ name: titleOf(node), notify: buildNotify(node) })),
    ...groups.map((node) => ({ name: titleOf(node), notify: groupNotify(node) })),
  ];
}

const titleOf = ({ statement }: Node): string => statement.words.map(({ text }) => text).join(' ');

const groupNotify = (group: Node): NotifyScripts =>
  notifyOf([
    readValue(group, groupRows.notify_master),
    readValue(group, groupRows.notify_backup),
    readValue(group, groupRows.notify_fault),
    readValue(group, groupRows.notify_stop),
    readValue(group, groupRows.notify),
  ]);

/** Which of them is called when does not matter here. */
function notifyOf(scripts: readonly (ScriptArgument | undefined)[]): NotifyScripts {
  const [master, backup, fault, stop, any] = scripts.map((script) =>
    script === undefined ? undefined : { argv: script.argv, runAs: script.user },
  );
  return {
    reportDeleted: false,
    ...(master === undefined ? {} : { master }),
    ...(backup === undefined ? {} : { backup }),
    ...(fault === undefined ? {} : { fault }),
    ...(stop === undefined ? {} : { stop }),
    ...(any === undefined ? {} : { any }),
  };
}
