import type { VrrpInstance } from '@holdfast/config';
import type { PairNode } from './pair-node.ts';

/** The instances that are one virtual router, by the order of the nodes; `undefined` where a node has none. */
export interface RouterSet {
  readonly about: string;
  readonly members: readonly (VrrpInstance | undefined)[];
}

/**
 * Which instances belong together. The protocol goes by family and virtual router id, never by the name; where those of
 * one number are several, on different segments, by a common address. What is left over on both sides and shares an
 * address, or else a name, is taken for one virtual router with a mistake in its number.
 */
export function routerSets(nodes: readonly PairNode[]): readonly RouterSet[] {
  const sets: (VrrpInstance | undefined)[][] = [];
  for (const [index, { result }] of nodes.entries()) {
    for (const instance of result.config.vrrpInstances) {
      const free = sets.filter((members) => members[index] === undefined && isSame(members, instance));
      const set = free.find((members) => members.some((one) => shareAddress(one, instance))) ?? free[0];
      if (set === undefined) sets.push(nodes.map((_, i) => (i === index ? instance : undefined)));
      else set[index] = instance;
    }
  }
  return merged(sets).map((members) => ({ about: titleOf(members), members }));
}

type Members = readonly (VrrpInstance | undefined)[];

const isSame = (members: Members, { family, virtualRouterId }: VrrpInstance): boolean =>
  members.some((one) => one?.family === family && one.virtualRouterId === virtualRouterId);

function shareAddress(a: VrrpInstance | undefined, b: VrrpInstance | undefined): boolean {
  const some = new Set(a?.virtualAddresses.map(({ address }) => address));
  return b?.virtualAddresses.some(({ address }) => some.has(address)) ?? false;
}

function merged(sets: readonly Members[]): readonly Members[] {
  const result: Members[] = [];
  for (const members of sets) {
    const fits = (one: Members): boolean =>
      one.every((_, i) => one[i] === undefined || members[i] === undefined);
    const alike = (test: (a: VrrpInstance, b: VrrpInstance) => boolean): number =>
      result.findIndex(
        (one) =>
          fits(one) && one.some((a) => members.some((b) => a !== undefined && b !== undefined && test(a, b))),
      );
    const byAddress = alike(shareAddress);
    const found = byAddress >= 0 ? byAddress : alike((a, b) => a.name === b.name && a.family === b.family);
    const other = result[found];
    if (other === undefined) result.push(members);
    else result[found] = other.map((one, i) => one ?? members[i]);
  }
  return result;
}

function titleOf(members: Members): string {
  const numbers = [...new Set(members.flatMap((one) => one?.virtualRouterId ?? []))];
  const family = members.some((one) => one?.family === 6) ? ' (IPv6)' : '';
  return `virtual router ${numbers.join('/')}${family}`;
}
