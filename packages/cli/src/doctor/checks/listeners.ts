import { familyOf, type IpAddress } from '@holdfast/kit';
import type { Facts, Listener } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { persistent } from '../sysctl-command.ts';
import { virtualAddresses } from '../virtual-addresses.ts';

/** A service bound to a virtual address does not start on the machine that is backup, unless the kernel allows it. */
export function boundListeners(facts: Facts): readonly Finding[] {
  const virtual = new Set<IpAddress>(
    virtualAddresses(facts.configuration.result.config).map((held) => held.virtual.address),
  );
  const running = facts.listeners.filter(({ address }) => virtual.has(address));
  const bound = [
    ...running.map((one) => ({ address: one.address, words: described(one) })),
    ...facts.boundInFiles
      .filter((one) => !running.some(({ address, port }) => address === one.address && port === one.port))
      .map(({ place, address, port }) => ({ address, words: `${place} binds ${socketName(address, port)}` })),
  ];
  return ([4, 6] as const).flatMap((family): readonly Finding[] => {
    const setting = `net.ipv${family}.ip_nonlocal_bind`;
    const those = bound.filter(({ address }) => familyOf(address) === family);
    if (those.length === 0 || facts.sysctls.get(setting) !== 0) return [];
    return [
      {
        code: 'nonlocal-bind-off',
        severity: 'warning',
        message: `${those.map(({ words }) => words).join(', ')}: a virtual address, and ${setting} is 0: while this machine is backup the service does not start`,
        command: persistent(setting, 1),
        remedy: 'or let the service listen on all addresses',
      },
    ];
  });
}

const socketName = (address: IpAddress, port: number): string =>
  `${address.includes(':') ? `[${address}]` : address}:${port}`;

const described = ({ program, protocol, address, port }: Listener): string =>
  `${program ?? 'a service'} listens at ${protocol} ${socketName(address, port)}`;
