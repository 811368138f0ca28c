import { fail, ok, type Result } from '@holdfast/kit';
import type { AddressRequest, RouteNetlink } from '@holdfast/netlink';
import type { HeldAddress } from '../system/held-addresses.ts';

/** Whoever holds addresses for which nobody speaks any more: an instance, or a daemon that is no more. */
export interface Holder {
  readonly addresses: readonly HeldAddress[];
}

/** Removes the addresses for which no worker speaks any more. @returns what the kernel refused */
export async function withdrawAddresses(
  netlink: Pick<RouteNetlink, 'links' | 'deleteAddresses'>,
  holders: readonly Holder[],
): Promise<Result<number, readonly string[]>> {
  const links = await netlink.links();
  if (!links.ok) return fail([`the interfaces could not be listed: ${links.error.text}`]);
  const indices = new Map(links.value.map(({ name, index }) => [name, index]));
  const requests = holders.flatMap(({ addresses }) =>
    addresses.flatMap((address): AddressRequest[] => {
      const index = indices.get(address.interface);
      // No interface, no address on it.
      if (index === undefined) return [];
      const { peer, prefixLength } = address;
      return [{ index, address: address.address, prefixLength, ...(peer === undefined ? {} : { peer }) }];
    }),
  );
  const results = await netlink.deleteAddresses(requests);
  const refused = results.flatMap((result, n) =>
    result.ok ? [] : [`${requests[n]?.address ?? ''}: ${result.error.code} ${result.error.text}`],
  );
  return refused.length === 0 ? ok(requests.length) : fail(refused);
}
