import { type Family, familyOf } from '@holdfast/kit';
import { type AddressEntry, addressEntry } from '../arguments/virtual-address.ts';
import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import type { Node } from '../parser/node.ts';
import type { VirtualAddress } from '../types.ts';
import { type Context, reportAt } from './context.ts';
import { type Entry, entriesOf } from './read.ts';

/** Advertised and excluded addresses of one instance. */
export interface AddressLists {
  readonly virtual: readonly VirtualAddress[];
  readonly excluded: readonly VirtualAddress[];
}

/** The count field of an advert has 8 bits (RFC 9568 §5.2.5). */
const mostAdvertised = 255;

/** Reads both lists; addresses that cannot be used are reported and left out. */
export function buildAddresses(context: Context, node: Node, family: Family, own: string): AddressLists {
  const usable = (entry: Entry<AddressEntry>): boolean => isUsable(context, node, entry);
  const advertised = entriesOf(node, rows.virtual_ipaddress, addressEntry).filter(
    (entry) => isOfFamily(context, node, entry, family) && usable(entry),
  );
  const excluded = entriesOf(node, rows.virtual_ipaddress_excluded, addressEntry).filter(usable);
  const virtual = withoutDuplicates(context, node, advertised, 'virtualAddresses', own);
  const surplus = virtual.slice(mostAdvertised);
  if (surplus.length > 0) reportTooMany(context, node, virtual.length);
  return {
    virtual: virtual.slice(0, mostAdvertised),
    excluded: [...withoutDuplicates(context, node, excluded, 'excludedAddresses', own), ...surplus],
  };
}

function isOfFamily(
  context: Context,
  node: Node,
  { value, statement }: Entry<AddressEntry>,
  family: Family,
): boolean {
  if (familyOf(value.address) === family) return true;
  reportAt(context, statement, node.subject, {
    code: 'mixed-families',
    message: `${value.address} is not an IPv${family} address like the first one`,
    used: 'the address is left out',
    remedy: 'move it to virtual_ipaddress_excluded, or to an instance of its own',
    property: 'virtualAddresses',
    reload: 'refuse-if-lost',
  });
  return false;
}

function isUsable(context: Context, node: Node, { value, statement }: Entry<AddressEntry>): boolean {
  const { interfaces, global } = context;
  if (value.dev === undefined || interfaces === undefined || global.dynamicInterfaces) return true;
  if (interfaces.has(value.dev)) return true;
  reportAt(context, statement, node.subject, {
    code: 'interface-missing',
    message: `there is no interface ${value.dev} for ${value.address}`,
    word: statement.words.findIndex((word) => word.text === value.dev),
    used: 'the address is left out',
    remedy: `interfaces of this machine: ${[...interfaces.keys()].join(', ')}`,
    property: 'virtualAddresses',
    reload: 'refuse-if-lost',
  });
  return false;
}

function withoutDuplicates(
  context: Context,
  node: Node,
  list: readonly Entry<AddressEntry>[],
  property: string,
  own: string,
): readonly VirtualAddress[] {
  const kept = new Map<string, VirtualAddress>();
  for (const { value, statement } of list) {
    const virtual = toVirtualAddress(value, own);
    const key = property === 'virtualAddresses' ? value.address : `${value.address} ${virtual.interface}`;
    if (!kept.has(key)) {
      kept.set(key, virtual);
      continue;
    }
    reportAt(context, statement, node.subject, {
      code: 'duplicate-address',
      severity: 'warning',
      message: `${value.address} is in the list already`,
      used: 'the first one',
      remedy: 'remove this line',
      property,
    });
  }
  return [...kept.values()];
}

const toVirtualAddress = (entry: AddressEntry, own: string): VirtualAddress => ({
  address: entry.address,
  prefixLength: entry.prefixLength,
  interface: entry.dev ?? own,
  scope: entry.scope,
  label: entry.label,
  broadcast: entry.broadcast,
  peer: entry.peer,
  noPrefixRoute: entry.noPrefixRoute,
  noTrack: entry.noTrack,
});

function reportTooMany(context: Context, node: Node, count: number): void {
  reportAt(context, node.statement, node.subject, {
    code: 'too-many-addresses',
    message: `${count} addresses do not fit into one advert; it takes ${mostAdvertised}`,
    used: 'the rest is held, but not advertised',
    remedy: 'move the rest to virtual_ipaddress_excluded, on all routers alike',
    property: 'virtualAddresses',
  });
}
