import {
  compareAddresses,
  fail,
  familyOf,
  type IpAddress,
  ok,
  parseAddress,
  type Result,
} from '@holdfast/kit';
import type { Facts, Nic } from './facts.ts';
import { type Obstacle, obstacle, type Sourced, sourced } from './obstacle.ts';
import type { Wishes } from './wishes.ts';

/**
 * The other routers, without this one; none: multicast. A name that nobody else answers to yet gives none: the first of
 * several containers cannot wait for the others, and the names are looked up again while it runs.
 */
export function choosePeers(
  { peers, vips }: Pick<Wishes, 'peers' | 'vips'>,
  { nics, resolved }: Pick<Facts, 'nics' | 'resolved'>,
  nic: Nic,
  own: IpAddress,
): Result<Sourced<readonly IpAddress[]>, Obstacle> {
  if (peers.length === 0) return ok(sourced([], 'the default, multicast'));
  const mine = new Set([
    ...nics.flatMap(({ addresses }) => addresses.map(({ address }) => address)),
    ...vips.map(({ address }) => address),
  ]);
  const written = peers.map((peer) => parseAddress(peer)).filter((peer) => peer !== undefined);
  const stranger = written.find((peer) => familyOf(peer) !== familyOf(own));
  if (stranger !== undefined)
    return fail(
      obstacle(
        `HOLDFAST_PEERS: ${stranger} is not of the family of ${own}, the address of ${nic.name}`,
        `name the peer's IPv${familyOf(own)} address`,
      ),
    );
  const virtual = written.find((peer) => vips.some(({ address }) => address === peer));
  if (virtual !== undefined)
    return fail(
      obstacle(`HOLDFAST_PEERS: ${virtual} is a virtual address`, "name the peer's own address instead"),
    );
  const found = peers
    .flatMap((peer) => parseAddress(peer) ?? resolved.get(peer) ?? [])
    .filter((peer) => familyOf(peer) === familyOf(own) && !mine.has(peer));
  const names = peers.filter((peer) => parseAddress(peer) === undefined);
  if (found.length === 0 && names.length === 0)
    return fail(
      obstacle(
        'HOLDFAST_PEERS names nobody but this container',
        'add the addresses of the others, or write multicast',
      ),
    );
  return found.length === 0
    ? ok(sourced([], `nobody else is called ${names.join(' or ')} yet, this container stands in`))
    : ok(
        sourced(
          [...new Set(found)].sort(compareAddresses),
          `HOLDFAST_PEERS (${peers.join(' ')}), without this container`,
        ),
      );
}
