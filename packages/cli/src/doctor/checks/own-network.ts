import { familyOf, inNetwork } from '@holdfast/kit';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { type Held, virtualAddresses } from '../virtual-addresses.ts';

/**
 * A virtual address with a network of its own may be meant so, or be mistyped: neighbours in the interface's networks
 * do not reach it. One without a network (/32, /128) is a warning of the configuration's.
 */
export function ownNetwork(facts: Facts): readonly Finding[] {
  const { result, path } = facts.configuration;
  return virtualAddresses(result.config).flatMap((held): readonly Finding[] => {
    const { address, prefixLength, interface: name } = held.virtual;
    const networks = networksFor(held, facts);
    const isWithin = networks.some((one) => inNetwork(address, one.address, one.prefixLength));
    if (networks.length === 0 || isWithin || prefixLength === (familyOf(address) === 4 ? 32 : 128)) return [];
    const shown = networks.map((one) => `${one.address}/${one.prefixLength}`).join(', ');
    return [
      {
        code: 'address-brings-network',
        severity: 'note',
        message: `${address}/${prefixLength} of ${held.instance.name} (${path}) is in none of the networks of ${name} (${shown}): hosts there reach it only over a router`,
        command: `ip -brief address show dev ${name}`,
        remedy: 'fine if the address is to bring its own network, else mistyped',
      },
    ];
  });
}

/** Without the virtual addresses themselves, which are there while this machine is master, and link-local ones. */
function networksFor({ virtual }: Held, { links, addresses, configuration }: Facts) {
  const own = new Set(virtualAddresses(configuration.result.config).map((held) => held.virtual.address));
  const index = links.find(({ name }) => name === virtual.interface)?.index;
  return addresses.filter(
    (one) =>
      one.index === index &&
      !own.has(one.address) &&
      !one.address.startsWith('fe80:') &&
      familyOf(one.address) === familyOf(virtual.address),
  );
}
