import type { VrrpInstance } from '@holdfast/config';
import { type IpAddress, toSeconds } from '@holdfast/kit';
import {
  type Advert,
  AUTH_NONE,
  AUTH_PASSWORD,
  encodeAdvert,
  encodeIpv4,
  VRRP_PROTOCOL,
} from '@holdfast/wire';
import { authenticationData } from './authentication.ts';

/** Internetwork control, as every VRRP router marks its adverts (conformance V-IP-08). */
const TYPE_OF_SERVICE = 0xc0;

/** Nobody may forward an advert to the group (RFC 9568 §5.1.1.3). */
const MULTICAST_TTL = 255;

/** An IP packet and where to send it. */
export interface OutgoingAdvert {
  readonly destination: IpAddress;
  readonly bytes: Uint8Array;
}

/**
 * The packets of one advert: one to the group, or one to each unicast peer. Copies share the identification.
 * @param priority 0 to 255; 0 says goodbye
 * @param identification 1 to 65535, see `nextIdentification`
 */
export function advertDatagrams(
  config: VrrpInstance,
  source: IpAddress,
  priority: number,
  identification: number,
): readonly OutgoingAdvert[] {
  const unicast = config.unicastPeers.length > 0;
  const destinations = unicast
    ? config.unicastPeers.map(({ address }) => address)
    : [config.multicastDestination];
  const advert = advertOf(config, priority);
  return destinations.map((destination) => {
    const pseudo = config.checksumWithoutPseudoHeader ? undefined : { source, destination };
    const header = {
      typeOfService: TYPE_OF_SERVICE,
      identification,
      timeToLive: unicast ? config.unicastTtl : MULTICAST_TTL,
      protocol: VRRP_PROTOCOL,
      source,
      destination,
    };
    return { destination, bytes: encodeIpv4(header, encodeAdvert(advert, pseudo)) };
  });
}

/** Counts up from 1; 0 is left out because the kernel would put a number of its own there. @param last 0 before the first */
export const nextIdentification = (last: number): number => (last >= 0xffff ? 1 : last + 1);

/** The interval sent is the configured one, also while another one was learnt (conformance V-FM-13). */
function advertOf(config: VrrpInstance, priority: number): Advert {
  const { virtualRouterId, advertInterval, authentication } = config;
  const addresses = config.virtualAddresses.map(({ address }) => address);
  if (config.version === 3) {
    const advertCentiseconds = Math.round(toSeconds(advertInterval) * 100);
    return { version: 3, virtualRouterId, priority, addresses, advertCentiseconds };
  }
  return {
    version: 2,
    virtualRouterId,
    priority,
    addresses,
    authType: authentication.type === 'pass' ? AUTH_PASSWORD : AUTH_NONE,
    authData: authenticationData(authentication),
    advertSeconds: Math.round(toSeconds(advertInterval)),
  };
}
