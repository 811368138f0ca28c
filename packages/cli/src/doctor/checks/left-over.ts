import { familyOf } from '@holdfast/kit';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { virtualAddresses } from '../virtual-addresses.ts';

/** Addresses that a killed daemon has left behind: they answer here while another router is master. */
export function leftOver({ configuration, daemons, links, addresses }: Facts): readonly Finding[] {
  if (daemons.length > 0) return [];
  return virtualAddresses(configuration.result.config).flatMap(
    ({ instance, virtual }): readonly Finding[] => {
      const found = addresses.find(
        ({ address, index, expires }) =>
          address === virtual.address &&
          // One that the kernel removes by itself is a planned restart's.
          expires === undefined &&
          links.find((link) => link.index === index)?.name === virtual.interface,
      );
      // The address owner has its address whether a daemon runs or not (RFC 9568 §1.7).
      if (found === undefined || instance.priority === 255) return [];
      const besides = addresses.some(
        ({ address, index }) =>
          index === found.index && address !== found.address && familyOf(address) === familyOf(found.address),
      );
      if (!besides && virtual.interface === instance.interface)
        return [onlyOne(found.address, instance.name, virtual.interface)];
      return [
        {
          code: 'address-left-over',
          severity: 'error',
          message: `${virtual.address} of ${instance.name} is on ${virtual.interface}, but no daemon runs here: a killed one has left it, and two machines have it when another is master`,
          command: `ip address delete ${found.address}/${found.prefixLength} dev ${virtual.interface}`,
          remedy: 'starting the daemon cleans up as well',
        },
      ];
    },
  );
}

/** What its command line would delete may be the way by which the operator is here. */
const onlyOne = (address: string, instance: string, nic: string): Finding => ({
  code: 'address-is-own',
  severity: 'error',
  message: `${address} of ${instance} is the only address of ${nic}: the daemon takes it away unless it is master, and then nobody reaches this machine by ${nic}`,
  command: `ip -brief address show dev ${nic}`,
  remedy: 'write a free address of the network that all routers share; each router keeps its own one besides',
});
