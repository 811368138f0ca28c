import { type Family, familyOf, isLinkLocal } from '@holdfast/kit';
import type { LinkAddress } from '../types.ts';

/**
 * The order in which Linux lists addresses, which decides what an interface's first address is: by family, by
 * interface, then for IPv4 the primary ones before the secondary ones, the narrower scope before the wider; for IPv6
 * the wider scope first, and of equal ones the newest.
 */
export function inListOrder(addresses: readonly LinkAddress[]): readonly LinkAddress[] {
  const of = (family: Family): LinkAddress[] =>
    addresses.filter((entry) => familyOf(entry.address) === family);
  const four = of(4).sort(
    (a, b) =>
      a.index - b.index || Number(a.secondary) - Number(b.secondary) || (a.secondary ? 0 : b.scope - a.scope),
  );
  const six = of(6)
    .reverse()
    .sort((a, b) => a.index - b.index || Number(isLinkLocal(a.address)) - Number(isLinkLocal(b.address)));
  return [...four, ...six];
}
