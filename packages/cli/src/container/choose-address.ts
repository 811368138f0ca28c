import {
  fail,
  familyOf,
  type IpAddress,
  inNetwork,
  isLinkLocal,
  ok,
  parseAddress,
  type Result,
} from '@holdfast/kit';
import { isVirtual } from './choose-nic.ts';
import type { Nic } from './facts.ts';
import { type Obstacle, obstacle, passing, type Sourced, sourced } from './obstacle.ts';
import type { Wishes } from './wishes.ts';

/**
 * The own address that adverts come from: as HOLDFAST_ADDRESS says, else the first of the virtual addresses' family.
 * Virtual addresses that a killed container left on a host's interface are none.
 */
export function chooseAddress(
  {
    address: wish,
    interface: network,
    vips,
    peers,
  }: Pick<Wishes, 'address' | 'interface' | 'vips' | 'peers'>,
  { name, addresses }: Nic,
): Result<Sourced<IpAddress>, Obstacle> {
  const own = addresses.map(({ address }) => address).filter((address) => !isVirtual(address, vips));
  const [firstVip] = vips;
  const family = firstVip === undefined ? 4 : familyOf(firstVip.address);
  if (wish !== undefined) {
    if (familyOf(wish) !== family)
      return fail(
        obstacle(
          `HOLDFAST_ADDRESS=${wish} is not of the virtual addresses' family`,
          `name one of IPv${family}`,
        ),
      );
    return own.includes(wish)
      ? ok(sourced(wish, 'HOLDFAST_ADDRESS'))
      : fail(
          passing(
            `${name} does not have ${wish}`,
            `set HOLDFAST_ADDRESS to ${own.join(' or ') || 'its own'}`,
          ),
        );
  }
  const fitting = own.filter((address) => familyOf(address) === family);
  const preferred = fitting.filter(
    (address) => isLinkLocal(address) === (family === 6 && peers.length === 0),
  );
  const candidates = inWishedNetwork(preferred.length > 0 ? preferred : fitting, network);
  const [first] = candidates;
  if (first === undefined)
    return fail(passing(`${name} has no IPv${family} address of its own`, 'give the container one'));
  const from =
    candidates.length === 1
      ? `the address of ${name}`
      : `the first of ${candidates.length} addresses of ${name}`;
  return ok(sourced(first, from));
}

/** Who names the network of the interface means the address in it. */
function inWishedNetwork(own: readonly IpAddress[], wish: string | undefined): readonly IpAddress[] {
  const [text = '', length] = wish?.split('/') ?? [];
  const network = parseAddress(text);
  if (network === undefined || length === undefined) return own;
  const inside = own.filter((address) => inNetwork(address, network, Number(length)));
  return inside.length > 0 ? inside : own;
}
