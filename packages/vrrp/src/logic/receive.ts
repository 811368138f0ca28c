import type { VrrpInstance } from '@holdfast/config';
import { centiseconds, type IpAddress, type Micros, sameBytes, toSeconds } from '@holdfast/kit';
import {
  type Advert,
  AUTH_HEADER,
  AUTH_NONE,
  AUTH_PASSWORD,
  AUTHENTICATION_HEADER_PROTOCOL,
  type ChecksumForm,
  decodeAdvert,
  decodeIpv4,
  type Ipv4Packet,
  VRRP_PROTOCOL,
} from '@holdfast/wire';
import { authenticationData } from './authentication.ts';
import type { DropReason } from './drop-reason.ts';
import type { HeardAdvert } from './types.ts';

/** What counts for one packet besides the configuration. */
export interface ReceiveContext {
  /** The address that our own adverts carry; `undefined` while the interface has none. */
  readonly source: IpAddress | undefined;
  /** The priority in force: 255 while we own the addresses. */
  readonly priority: number;
  /** The master last heard, for `skip_check_adv_addr`. */
  readonly master: IpAddress | undefined;
}

/** Worth a log line, but no reason to drop. */
export type ReceiveNote =
  /** The sender advertises other addresses than we (RFC 9568 §7.1). */
  | 'address-list-differs'
  /** Version 3: the sender's interval is not ours (RFC 9568 §7.1). */
  | 'advert-interval-differs';

export type Reception =
  | {
      readonly kind: 'accepted';
      readonly advert: HeardAdvert;
      readonly checksum: ChecksumForm;
      readonly notes: readonly ReceiveNote[];
    }
  | { readonly kind: 'dropped'; readonly reason: DropReason };

/**
 * Everything that stands between a datagram and the election, in the order of RFC 9568 §7.1: IP header, destination
 * and sender, TTL, version, type, complete, checksum, VRID, owner, authentication, count, interval, addresses. No
 * field is believed before the checksum was found right, and a dropped packet has no effect but its counter.
 * @param datagram an IP packet as a raw socket delivers it; nothing of it is kept
 */
export function receive(config: VrrpInstance, context: ReceiveContext, datagram: Uint8Array): Reception {
  const packet = decodeIpv4(datagram);
  if (!packet.ok) return drop(packet.error);
  const network = networkDefect(config, context, packet.value);
  if (network !== undefined) return drop(network);
  const message = decodeAdvert(packet.value.payload, config.version, packet.value);
  if (!message.ok) return drop(message.error);
  const { advert, checksum } = message.value;
  const defect = advertDefect(config, context, advert);
  if (defect !== undefined) return drop(defect);
  const { source } = packet.value;
  const listDiffers = comparesAddresses(config, context, source) && addressesDiffer(config, advert);
  if (listDiffers && insistsOnAddresses(config, advert)) return drop('address-list-differs');
  return {
    kind: 'accepted',
    advert: { source, priority: advert.priority, advertInterval: announcedInterval(config, advert) },
    checksum,
    notes: notes(config, advert, listDiffers),
  };
}

const drop = (reason: DropReason): Reception => ({ kind: 'dropped', reason });

/** What the IP header alone shows. */
function networkDefect(
  config: VrrpInstance,
  context: ReceiveContext,
  packet: Ipv4Packet,
): DropReason | undefined {
  if (packet.protocol === AUTHENTICATION_HEADER_PROTOCOL) return 'authentication-header';
  if (packet.protocol !== VRRP_PROTOCOL) return 'bad-protocol';
  if (!isMeantForUs(config, packet.destination)) return 'bad-destination';
  if (packet.source === context.source) return 'own-packet';
  return config.unicastPeers.length === 0 ? multicastDefect(packet) : unicastDefect(config, packet);
}

/** A multicast instance hears its group only; a unicast instance hears what is sent to the router itself. */
function isMeantForUs(config: VrrpInstance, destination: IpAddress): boolean {
  if (config.unicastPeers.length === 0) return destination === config.multicastDestination;
  return isUnicast(destination);
}

/** Classes A to C; what is above is multicast, reserved or broadcast (RFC 1122 §3.2.1.3). */
const isUnicast = (destination: IpAddress): boolean => Number.parseInt(destination, 10) < 224;

/** 255: nobody has forwarded it (RFC 9568 §5.1.1.3). */
const multicastDefect = ({ timeToLive }: Ipv4Packet): DropReason | undefined =>
  timeToLive === 255 ? undefined : 'bad-ttl';

/** `check_unicast_src`, `min_ttl` and `max_ttl` of keepalived.conf(5): only who asks for it has senders checked. */
function unicastDefect(config: VrrpInstance, packet: Ipv4Packet): DropReason | undefined {
  const isRestricted = config.unicastPeers.some(
    ({ minTtl, maxTtl }) => minTtl !== undefined || maxTtl !== undefined,
  );
  if (!config.checkUnicastSource && !isRestricted) return undefined;
  const peer = config.unicastPeers.find(({ address }) => address === packet.source);
  if (peer === undefined) return 'unknown-peer';
  const { minTtl = 0, maxTtl = 255 } = peer;
  return packet.timeToLive >= minTtl && packet.timeToLive <= maxTtl ? undefined : 'bad-ttl';
}

function advertDefect(config: VrrpInstance, context: ReceiveContext, advert: Advert): DropReason | undefined {
  if (advert.virtualRouterId !== config.virtualRouterId) return 'unknown-vrid';
  if (config.ownerIgnoreAdverts && context.priority === 255) return 'owner-ignores-adverts';
  if (advert.version === 2) {
    return authenticationDefect(config, advert.authType, advert.authData) ?? intervalDefectV2(config, advert);
  }
  if (advert.addresses.length === 0) return 'no-address';
  return advert.advertCentiseconds === 0 ? 'bad-advert-int' : undefined;
}

/** RFC 2338 §5.3.6 and §7.1: the type must be known and the configured one, the password the same. */
function authenticationDefect(config: VrrpInstance, type: number, data: Uint8Array): DropReason | undefined {
  const wanted = config.authentication.type === 'pass' ? AUTH_PASSWORD : AUTH_NONE;
  if (type !== AUTH_NONE && type !== AUTH_PASSWORD && type !== AUTH_HEADER) return 'auth-type-unknown';
  if (type !== wanted) return 'auth-type-mismatch';
  // Without authentication the field is ignored (RFC 3768 §5.3.6.1).
  if (type === AUTH_NONE) return undefined;
  return sameBytes(data, authenticationData(config.authentication)) ? undefined : 'auth-failed';
}

/** RFC 3768 §7.1: version 2 knows no other interval than the configured one. */
const intervalDefectV2 = (
  config: VrrpInstance,
  { advertSeconds }: { readonly advertSeconds: number },
): DropReason | undefined =>
  advertSeconds === toSeconds(config.advertInterval) ? undefined : 'advert-int-mismatch';

/** `skip_check_adv_addr`: the addresses of the master that is known already are not looked at again. */
const comparesAddresses = (config: VrrpInstance, context: ReceiveContext, source: IpAddress): boolean =>
  !config.skipCheckAdvertAddresses || context.master !== source;

/** RFC 3768 §7.1: version 2 drops, unless the owner speaks. Done by strict instances; version 3 only reports it. */
const insistsOnAddresses = (config: VrrpInstance, advert: Advert): boolean =>
  config.strict && advert.version === 2 && advert.priority !== 255;

/** As sets: the order says nothing. Excluded addresses are not advertised. */
function addressesDiffer(config: VrrpInstance, advert: Advert): boolean {
  if (config.virtualAddresses.length !== advert.addresses.length) return true;
  const heard = new Set<IpAddress>(advert.addresses);
  return !config.virtualAddresses.every(({ address }) => heard.has(address));
}

/** Version 2 carries it, but only the configured one gets here; version 3 announces it (RFC 9568 §5.2.7). */
const announcedInterval = (config: VrrpInstance, advert: Advert): Micros =>
  advert.version === 2 ? config.advertInterval : centiseconds(advert.advertCentiseconds);

function notes(config: VrrpInstance, advert: Advert, listDiffers: boolean): readonly ReceiveNote[] {
  const intervalDiffers = announcedInterval(config, advert) !== config.advertInterval;
  return [
    ...(listDiffers ? (['address-list-differs'] as const) : []),
    ...(intervalDiffers ? (['advert-interval-differs'] as const) : []),
  ];
}
