import type { VirtualAddress, VrrpInstance } from '../types.ts';
import { differences } from './differences.ts';
import { planParts } from './parts.ts';
import { compared, type Planned, planned } from './planned.ts';

type Held = VirtualAddress & { readonly advertised: boolean };

const held = ({ virtualAddresses, excludedAddresses }: VrrpInstance): readonly Held[] => [
  ...virtualAddresses.map((address) => ({ ...address, advertised: true })),
  ...excludedAddresses.map((address) => ({ ...address, advertised: false })),
];

/** What the kernel tells addresses apart by: with another label or scope alone it is the same one. */
const keyOf = ({ interface: link, address, prefixLength, peer }: Held): string =>
  `${address}/${prefixLength} dev ${link}${peer === undefined ? '' : ` peer ${peer.address}/${peer.prefixLength}`}`;

/** `virtual_ipaddress` and `virtual_ipaddress_excluded` of one virtual router, as a master holds them. */
export const planAddresses = (before: VrrpInstance, after: VrrpInstance): readonly Planned[] =>
  planParts(held(before), held(after), keyOf, planAddress);

function planAddress(before: Held | undefined, after: Held | undefined): Planned | undefined {
  const name = after ?? before;
  if (name === undefined) return undefined;
  if (before === undefined || after === undefined)
    return planned('virtual_ipaddress', keyOf(name), before === undefined ? 'added' : 'removed');
  const changes = differences(before, after);
  const stays = { kind: 'continuity', text: 'it stays as it is where it is held already' } as const;
  const inKernel = differences(before, after, undefined, ['advertised', 'noTrack']);
  return compared('virtual_ipaddress', keyOf(after), changes, {
    consequences: inKernel.length > 0 ? [stays] : [],
  });
}
