import { syncGroupRows } from '../keywords/later/root.ts';
import { rootRows } from '../keywords/root.ts';
import type { Tree } from '../parser/node.ts';
import { nodesOf } from './read.ts';

/** A `vrrp_sync_group` by its name, with the instances that it names. */
export interface SyncGroupMembers {
  readonly name: string;
  readonly members: readonly string[];
}

/** Every sync group of the file as it is written: whether its members exist is judged elsewhere. */
export const syncGroupMembers = ({ nodes }: Pick<Tree, 'nodes'>): readonly SyncGroupMembers[] =>
  nodesOf({ children: nodes }, rootRows.vrrp_sync_group).map((group) => ({
    name: group.statement.words[1]?.text ?? '',
    members: nodesOf(group, syncGroupRows.group).flatMap(({ entries }) =>
      entries.flatMap(({ words }) => words.map(({ text }) => text)),
    ),
  }));
