import type { VirtualAddress, VrrpInstance } from '@holdfast/config';

type Held = Pick<VrrpInstance, 'virtualAddresses' | 'excludedAddresses'>;

/** All that a master holds: the advertised addresses, then the excluded ones. */
export const heldAddresses = (config: Held): readonly VirtualAddress[] => [
  ...config.virtualAddresses,
  ...config.excludedAddresses,
];

/** What the kernel tells addresses apart by. Another label or scope alone makes no other address. */
export const addressKey = (a: VirtualAddress): string =>
  `${a.interface} ${a.address}/${a.prefixLength} ${a.peer?.address ?? ''}/${a.peer?.prefixLength ?? ''}`;

/** What of `ours` is not in `others`. */
export function addressesMissing(
  ours: readonly VirtualAddress[],
  others: readonly VirtualAddress[],
): readonly VirtualAddress[] {
  const known = new Set(others.map(addressKey));
  return ours.filter((a) => !known.has(addressKey(a)));
}
