import type { Finding, PairNode } from './pair-node.ts';
import type { RouterSet } from './router-sets.ts';

/** Groups are held against each other by what their members stand for on the wire: names may differ. */
export function syncGroupFindings(
  nodes: readonly PairNode[],
  sets: readonly RouterSet[],
): readonly Finding[] {
  const groups = nodes.map((node, i) => groupsOf(node, i, sets));
  const all = new Set(groups.flatMap((one) => [...one.keys()]));
  return [...all].flatMap((routers) => {
    const lacking = nodes.flatMap(({ name }, i) => (groups[i]?.has(routers) ? [] : [name]));
    if (lacking.length === 0) return [];
    const name = groups.flatMap((one) => one.get(routers) ?? [])[0] ?? '';
    return {
      code: 'pair-sync-group',
      severity: 'warning',
      about: `vrrp_sync_group ${name}`,
      message: `${lacking.join(', ')} ${lacking.length === 1 ? 'has' : 'have'} no group of just these members (${routers || 'none'}): after a takeover they may be on different routers`,
      remedy: 'group the same virtual routers in both files',
    };
  });
}

/** The members of each group, as virtual routers, to the name of the group. */
function groupsOf(
  { result }: PairNode,
  index: number,
  sets: readonly RouterSet[],
): ReadonlyMap<string, string> {
  return new Map(
    result.syncGroups.map(({ name, members }) => {
      const routers = sets.filter(({ members: instances }) => members.includes(instances[index]?.name ?? ''));
      return [routers.map(({ about }) => about).join(', '), name];
    }),
  );
}
