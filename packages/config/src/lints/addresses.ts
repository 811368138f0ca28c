import { familyOf, inNetwork } from '@holdfast/kit';
import { type AddressEntry, addressEntry } from '../arguments/virtual-address.ts';
import { type Entry, entriesOf, readValue } from '../build/read.ts';
import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import { instanceNodes, remark } from './remark.ts';
import type { LintSubject } from './subject.ts';

/** An address without prefix length becomes a host address: fine within a network that is there, not otherwise. */
export function addressWithoutPrefix({ context }: LintSubject): void {
  for (const node of instanceNodes(context)) {
    const bare = entriesOf(node, rows.virtual_ipaddress, addressEntry).filter(
      ({ value }) => !value.prefixWritten && familyOf(value.address) === 4,
    );
    const [first, ...others] = bare;
    if (first === undefined) continue;
    const more = others.length === 0 ? '' : `, and so are ${others.length} more`;
    remark(context, first.statement, {
      code: 'address-without-prefix',
      severity: 'note',
      message: `${first.value.address} is taken as /${first.value.prefixLength}${more}`,
      remedy: 'write /24 or what the network has, if the address is to bring its own network',
    });
  }
}

/** A host address outside every network of its interface cannot be reached from the LAN. */
export function addressOutsideNetworks({ context }: LintSubject): void {
  for (const node of instanceNodes(context)) {
    const own = readValue(node, rows.interface);
    for (const entry of entriesOf(node, rows.virtual_ipaddress, addressEntry)) {
      const networks = networksOf(context.interfaces?.get(entry.value.dev ?? own ?? ''), entry);
      if (networks.length === 0 || entry.value.prefixLength < hostLength(entry)) continue;
      if (networks.some(({ address, prefixLength }) => inNetwork(entry.value.address, address, prefixLength)))
        continue;
      const shown = networks.map(({ address, prefixLength }) => `${address}/${prefixLength}`).join(', ');
      remark(context, entry.statement, {
        code: 'address-outside-networks',
        severity: 'warning',
        message: `${entry.value.address} is in no network of ${entry.value.dev ?? own ?? ''} (${shown})`,
        remedy: 'choose an address of that network, or write the prefix length of its own one',
      });
    }
  }
}

type Known = NonNullable<ReturnType<NonNullable<LintSubject['context']['interfaces']>['get']>>;

function networksOf(known: Known | undefined, { value }: Entry<AddressEntry>) {
  return (known ?? []).flatMap((address) =>
    typeof address !== 'string' && familyOf(address.address) === familyOf(value.address) ? [address] : [],
  );
}

const hostLength = ({ value }: Entry<AddressEntry>): number => (familyOf(value.address) === 4 ? 32 : 128);
