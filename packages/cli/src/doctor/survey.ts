import type { Config } from '@holdfast/config';
import { familyOf, type IpAddress, isLinkLocal } from '@holdfast/kit';
import type { Link } from '@holdfast/netlink';
import type { Facts } from './facts.ts';
import type { Question } from './probes/claims.ts';
import type { Ear } from './probes/listen.ts';
import { virtualAddresses } from './virtual-addresses.ts';

export type Machine = Pick<Facts, 'links' | 'addresses'>;

/** Where to listen, and for what: on the interfaces of instances that are up. */
export function ears({ vrrpInstances }: Config, { links }: Machine): readonly Ear[] {
  return links.flatMap((link) =>
    ([4, 6] as const).flatMap((family) =>
      link.adminUp && vrrpInstances.some((one) => one.interface === link.name && one.family === family)
        ? [{ link, family }]
        : [],
    ),
  );
}

/** What to ask the LAN for: every virtual address whose interface can ask. */
export function questions(config: Config, machine: Machine): readonly Question[] {
  const held = virtualAddresses(config);
  const virtual = new Set(held.map((one) => one.virtual.address));
  return held.flatMap(({ virtual: { address, interface: name } }): readonly Question[] => {
    const link = machine.links.find((one) => one.name === name);
    if (link === undefined || !link.adminUp || link.noArp || link.mac.length !== 6) return [];
    if (familyOf(address) === 4) return [{ link, address, from: undefined }];
    const from = ownSix(link, virtual, machine);
    return from === undefined ? [] : [{ link, address, from }];
  });
}

/** An answer comes to this machine for certain only at an address that it does not share; link-local ones are best. */
function ownSix(link: Link, virtual: ReadonlySet<IpAddress>, { addresses }: Machine): IpAddress | undefined {
  const own = addresses
    .filter(({ index, tentative }) => index === link.index && !tentative)
    .map(({ address }) => address)
    .filter((address) => familyOf(address) === 6 && !virtual.has(address));
  return own.find(isLinkLocal) ?? own[0];
}
