import { type Family, familyOf } from '@holdfast/kit';
import type { ServerKey, ServiceKey } from './types.ts';

/** The one text of a service's key, also for people: `tcp 10.0.0.1:80`, `udp [fd00::1]:53`, `fwmark 7 (IPv4)`. */
export function serviceId(key: ServiceKey): string {
  return key.kind === 'fwmark' ? `fwmark ${key.mark} (IPv${key.family})` : `${key.protocol} ${endpoint(key)}`;
}

/** The one text of a server's key within its service, also for people: `10.0.0.2:80`, `[fd00::2]:80`. */
export const serverId = (key: ServerKey): string => endpoint(key);

/** The family of a service; a server of a tunnelled service may have the other one. */
export const familyOfService = (key: ServiceKey): Family =>
  key.kind === 'fwmark' ? key.family : familyOf(key.address);

function endpoint({ address, port }: ServerKey): string {
  return familyOf(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}
