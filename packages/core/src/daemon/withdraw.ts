import { fail, ok, type Result } from '@holdfast/kit';
import type { AddressRequest, LinkAddress, NetlinkFailure, RouteNetlink } from '@holdfast/netlink';
import { addressProtocol } from '@holdfast/vrrp';
import type { HeldAddress } from '../system/held-addresses.ts';

/** Whoever holds addresses for which nobody speaks any more: an instance, or a daemon that is no more. */
export interface Holder {
  readonly addresses: readonly HeldAddress[];
}

/** All of the addresses, or only those that carry the mark of our workers: what an owner has anyway must stay. */
export type Withdrawn = 'all' | 'marked';

/** What an instance may hold. */
export const holderOf = (instance: {
  readonly virtualAddresses: readonly HeldAddress[];
  readonly excludedAddresses: readonly HeldAddress[];
}): Holder => ({ addresses: [...instance.virtualAddresses, ...instance.excludedAddresses] });

/** Removes the addresses for which no worker speaks any more. @returns how many, or what the kernel refused */
export async function withdrawAddresses(
  netlink: Pick<RouteNetlink, 'links' | 'addresses' | 'deleteAddresses'>,
  holders: readonly Holder[],
  which: Withdrawn = 'all',
): Promise<Result<number, readonly string[]>> {
  const links = await netlink.links();
  if (!links.ok) return fail([`the interfaces could not be listed: ${links.error.text}`]);
  const indices = new Map(links.value.map(({ name, index }) => [name, index]));
  const listed = which === 'all' ? undefined : await netlink.addresses();
  const wanted = listed === undefined ? () => true : markedIn(listed);
  const requests = holders
    .flatMap(({ addresses }) => addresses.flatMap((address) => requestFor(address, indices)))
    .filter(wanted);
  const results = await netlink.deleteAddresses(requests);
  const refused = results.flatMap((result, n) =>
    result.ok ? [] : [`${requests[n]?.address ?? ''}: ${result.error.code} ${result.error.text}`],
  );
  return refused.length === 0 ? ok(requests.length) : fail(refused);
}

/** No interface, no address on it. */
function requestFor(held: HeldAddress, indices: ReadonlyMap<string, number>): readonly AddressRequest[] {
  const index = indices.get(held.interface);
  if (index === undefined) return [];
  const { address, prefixLength, peer } = held;
  return [{ index, address, prefixLength, ...(peer === undefined ? {} : { peer }) }];
}

/** Where the kernel cannot say what carries the mark, nothing does: a wrong removal is worse than a late one. */
function markedIn(
  listed: Result<readonly LinkAddress[], NetlinkFailure>,
): (request: AddressRequest) => boolean {
  const key = ({ index, address }: Pick<AddressRequest, 'index' | 'address'>): string =>
    `${index} ${address}`;
  const marked = new Set(
    (listed.ok ? listed.value : []).filter(({ protocol }) => protocol === addressProtocol).map(key),
  );
  return (request) => marked.has(key(request));
}
