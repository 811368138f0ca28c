import type { ServiceAddress, VirtualServer } from '@holdfast/config';
import type { Granularity, Service, ServiceKey } from '@holdfast/ipvs-netlink';
import { address, type Family, familyOf, type IpAddress } from '@holdfast/kit';

/** One service of a virtual server as the kernel is to have it, without its servers. */
export const desiredService = (config: VirtualServer, at: ServiceAddress): Service => ({
  key: serviceKey(config, at),
  scheduler: config.scheduler,
  schedulerFlags: config.schedulerFlags,
  onePacket: config.onePacket,
  persistence: config.persistence && {
    timeout: config.persistence.timeout,
    granularity: granularity(familyAt(at), config.persistence.netmask),
  },
  persistenceEngine: config.persistenceEngine,
});

export const familyAt = (at: ServiceAddress): Family =>
  at.kind === 'fwmark' ? at.family : familyOf(at.address);

const serviceKey = ({ protocol }: VirtualServer, at: ServiceAddress): ServiceKey =>
  at.kind === 'fwmark' ? at : { kind: 'address', protocol, address: at.address, port: at.port };

/** `persistence_granularity`: a mask for IPv4, a length for IPv6; every client by itself where none is given. */
function granularity(family: Family, netmask: number | IpAddress | undefined): Granularity {
  if (family === 6) return { family, prefixLength: typeof netmask === 'number' ? netmask : 128 };
  return { family, mask: typeof netmask === 'string' ? netmask : maskOf(netmask ?? 32) };
}

function maskOf(length: number): IpAddress {
  const ones = length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0;
  return address([24, 16, 8, 0].map((shift) => (ones >>> shift) & 255).join('.'));
}
