import { familyOf } from '@holdfast/kit';
import type { Claim, Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { macText } from '../mac.ts';
import { type Held, virtualAddresses } from '../virtual-addresses.ts';

/** Somebody else has a virtual address: two owners, or an owner that is no router of this instance. */
export function duplicateAddress(facts: Facts): readonly Finding[] {
  const held = virtualAddresses(facts.configuration.result.config);
  return facts.claims.flatMap((claim): readonly Finding[] => {
    const own = held.find(
      ({ virtual }) => virtual.address === claim.address && virtual.interface === claim.interface,
    );
    if (own === undefined) return [];
    const finding = judge(own, claim, facts);
    return finding === undefined ? [] : [finding];
  });
}

function judge(own: Held, claim: Claim, facts: Facts): Finding | undefined {
  // A machine with two interfaces in one network answers by both.
  const ours = facts.links.map(({ mac }) => macText(mac));
  const others = claim.macs.filter((mac) => !ours.includes(mac));
  if (others.length === 0) return undefined;
  if (isHere(own, facts)) return duplicate(own, claim, ['this machine', ...others]);
  if (others.length > 1) return duplicate(own, claim, others);
  const masters = mastersOf(own, facts);
  if (!hasListened(own, facts) || others.some((mac) => masters.has(mac))) return undefined;
  return {
    code: 'address-taken',
    severity: 'error',
    message: `${claim.address} of ${own.instance.name} answers on ${claim.interface} from ${others.join(', ')}, and no router was heard advertising it: a machine has it by itself`,
    command: removal(own),
    remedy: 'on that machine; `ip neighbour` and the table of the switch tell which it is',
  };
}

/** Long enough for an advert of a master, which may be a little late. */
const hasListened = ({ instance }: Held, { heard, listened }: Facts): boolean =>
  heard !== undefined && listened * 1e6 > 1.1 * instance.advertInterval;

/** Hardware addresses of the routers that advertise the instance, and its virtual one (RFC 9568 §7.3). */
function mastersOf({ instance }: Held, { heard }: Facts): ReadonlySet<string> {
  const { virtualRouterId: id, family } = instance;
  const macs = (heard ?? [])
    .filter(({ source, advert }) => advert.virtualRouterId === id && familyOf(source) === family)
    .map(({ mac }) => mac);
  const virtual = `00:00:5e:00:0${family === 4 ? 1 : 2}:${id.toString(16).padStart(2, '0')}`;
  return new Set(macs.length === 0 ? [] : [...macs, virtual]);
}

const isHere = ({ virtual }: Held, { addresses, links }: Facts): boolean =>
  addresses.some(
    ({ address, index }) =>
      address === virtual.address && links.find((link) => link.index === index)?.name === virtual.interface,
  );

const duplicate = (own: Held, { address, interface: name }: Claim, owners: readonly string[]): Finding => ({
  code: 'duplicate-address',
  severity: 'error',
  message: `${address} of ${own.instance.name} has ${owners.length} owners on ${name}: ${owners.join(', ')}`,
  command: removal(own),
  remedy:
    'on the machine that is not the master; `ip neighbour` and the table of the switch tell which it is',
});

const removal = ({ virtual: { address, prefixLength, interface: name } }: Held): string =>
  `ip address delete ${address}/${prefixLength} dev ${name}`;
