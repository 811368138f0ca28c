import { familyOf, type IpAddress } from '@holdfast/kit';
import type { Facts, Listener } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { persistent } from '../sysctl-command.ts';
import { virtualAddresses } from '../virtual-addresses.ts';

/** A service bound to a virtual address does not start on the machine that is backup, unless the kernel allows it. */
export function boundListeners({ configuration, listeners, sysctls }: Facts): readonly Finding[] {
  const virtual = new Set<IpAddress>(
    virtualAddresses(configuration.result.config).map((held) => held.virtual.address),
  );
  const bound = listeners.filter(({ address }) => virtual.has(address));
  return ([4, 6] as const).flatMap((family): readonly Finding[] => {
    const setting = `net.ipv${family}.ip_nonlocal_bind`;
    const those = bound.filter(({ address }) => familyOf(address) === family);
    if (those.length === 0 || sysctls.get(setting) !== 0) return [];
    return [
      {
        code: 'nonlocal-bind-off',
        severity: 'warning',
        message: `${those.map(described).join(', ')}: bound to a virtual address, and ${setting} is 0: while this machine is backup the service does not start`,
        command: persistent(setting, 1),
        remedy: 'or let the service listen on all addresses',
      },
    ];
  });
}

const described = ({ program, protocol, address, port }: Listener): string =>
  `${program ?? 'a service'} listens at ${protocol} ${address.includes(':') ? `[${address}]` : address}:${port}`;
