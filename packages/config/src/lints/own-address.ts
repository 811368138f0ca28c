import { familyOf, type IpAddress } from '@holdfast/kit';
import { type AddressEntry, addressEntry } from '../arguments/virtual-address.ts';
import { type Entry, entriesOf, readValue } from '../build/read.ts';
import { addressOf } from '../files/interfaces.ts';
import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import { instanceNamed, remark } from './remark.ts';
import type { LintSubject } from './subject.ts';

/**
 * Virtual addresses are taken from a router that is no master. Where they are all that its interface has, it is then out
 * of reach, and has no address to send adverts from. An address owner keeps its priority of 255 and its addresses.
 */
export function virtualAddressIsOwn({ context, config }: LintSubject): void {
  for (const { name, priority } of config.vrrpInstances) {
    const node = instanceNamed(context, name);
    if (node === undefined || priority === 255) continue;
    // Who names a source has an address elsewhere.
    if (readValue(node, rows.unicast_src_ip) ?? readValue(node, rows.mcast_src_ip)) continue;
    const own = readValue(node, rows.interface) ?? '';
    const known = (context.interfaces?.get(own) ?? []).map(addressOf).filter((one) => familyOf(one) === 4);
    const entries = entriesOf(node, rows.virtual_ipaddress, addressEntry).filter(
      ({ value }) => (value.dev ?? own) === own && known.includes(value.address),
    );
    const [first] = entries;
    if (first === undefined || !isAllOf(known, entries)) continue;
    remark(context, first.statement, {
      code: 'address-is-own',
      severity: 'warning',
      message: `${first.value.address} is the only address of ${own}: the daemon takes it away unless it is master, and then nobody reaches this machine by ${own}`,
      remedy:
        'write a free address of the network that all routers share; each router keeps its own one besides',
    });
  }
}

const isAllOf = (known: readonly IpAddress[], entries: readonly Entry<AddressEntry>[]): boolean =>
  known.every((one) => entries.some(({ value }) => value.address === one));
