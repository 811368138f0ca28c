import { fail, ok, type Result } from '@holdfast/kit';
import type { AddressRequest, LinkAddress, RouteNetlink } from '@holdfast/netlink';
import { addressProtocol, type SavedInstance } from '@holdfast/vrrp';
import { lifetimeOf } from './staying.ts';

type Netlink = Pick<RouteNetlink, 'links' | 'addresses' | 'addAddresses'>;

/** Kernels before 5.18 keep no mark of who set an address. */
const unmarked = 0;

/**
 * Gives the addresses of masters a lifetime, so that the kernel itself takes them back where no successor comes.
 * @param owners the instances of priority 255: what an owner has anyway carries no mark, and stays for ever
 * @returns how many there were, or why not
 */
export function limitAddresses(
  netlink: Netlink,
  masters: readonly SavedInstance[],
  owners: ReadonlySet<string>,
): Promise<Result<number, string>> {
  return change(netlink, masters, owners, (_there, saved) => lifetimeOf(saved));
}

/** The addresses of masters that have gone on stay for ever again. */
export function renewAddresses(
  netlink: Netlink,
  masters: readonly SavedInstance[],
  owners: ReadonlySet<string>,
): Promise<Result<number, string>> {
  return change(netlink, masters, owners, (there) => (there.expires === true ? 'for-ever' : undefined));
}

async function change(
  netlink: Netlink,
  masters: readonly SavedInstance[],
  owners: ReadonlySet<string>,
  lifetime: (there: LinkAddress, saved: SavedInstance) => AddressRequest['lifetime'],
): Promise<Result<number, string>> {
  const [links, listed] = await Promise.all([netlink.links(), netlink.addresses()]);
  if (!links.ok) return fail(links.error.text);
  if (!listed.ok) return fail(listed.error.text);
  const indices = new Map(links.value.map(({ name, index }) => [name, index]));
  const requests = masters.flatMap((saved) =>
    saved.addresses.flatMap((held) => {
      const there = listed.value.find(
        ({ index, address, prefixLength }) =>
          index === indices.get(held.interface) &&
          address === held.address &&
          prefixLength === (held.peer?.prefixLength ?? held.prefixLength),
      );
      if (there === undefined || !isOurs(there, owners.has(saved.name))) return [];
      const wanted = lifetime(there, saved);
      return wanted === undefined ? [] : [requestFor(held, there, wanted)];
    }),
  );
  const results = await netlink.addAddresses(requests);
  const refused = results.flatMap((result) => (result.ok ? [] : [result.error]));
  const [first] = refused;
  return first === undefined ? ok(requests.length) : fail(`${first.request}: ${first.code} ${first.text}`);
}

const isOurs = ({ protocol }: LinkAddress, isOwner: boolean): boolean =>
  protocol === addressProtocol || (protocol === unmarked && !isOwner);

/** The kernel takes flags and mark of the request for the address that is there. */
function requestFor(
  held: SavedInstance['addresses'][number],
  there: LinkAddress,
  lifetime: NonNullable<AddressRequest['lifetime']>,
): AddressRequest {
  const { label, broadcast, peer, noPrefixRoute } = held;
  return {
    index: there.index,
    address: held.address,
    prefixLength: held.prefixLength,
    scope: held.scope,
    protocol: there.protocol,
    lifetime,
    ...(label === undefined ? {} : { label }),
    ...(broadcast === undefined ? {} : { broadcast }),
    ...(peer === undefined ? {} : { peer }),
    ...(noPrefixRoute ? { noPrefixRoute: true } : {}),
  };
}
