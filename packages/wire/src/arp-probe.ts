import {
  addressBytes,
  addressFromBytes,
  concatBytes,
  fromHex,
  type IpAddress,
  sameBytes,
} from '@holdfast/kit';

const FRAME_BYTES = 42;
const BROADCAST = fromHex('ffffffffffff');
const ETHERTYPE_ARP = fromHex('0806');
/** Ethernet (1), IPv4 (0x0800), 6 and 4 bytes an address; the operation follows. */
const ETHERNET_IPV4 = fromHex('000108000604');
const REQUEST = fromHex('0001');
const NOTHING = new Uint8Array(6);

/**
 * The broadcast frame that asks whether somebody has an address, without claiming it: an ARP request whose sender
 * address is 0.0.0.0 (RFC 5227 §2.1.1), so that no neighbour's cache changes. 42 bytes, without padding.
 *
 * ```text
 * | ff:ff:ff:ff:ff:ff | mac | 0806 |                                    Ethernet header, 14 bytes
 * | 0001 | 0800 | 06 | 04 | 0001 | mac | 0.0.0.0 | 00:00:00:00:00:00 | address |    ARP, 28 bytes
 * ```
 * @param mac the interface's own, 6 bytes @throws RangeError for other lengths, and for an IPv6 address
 */
export function encodeArpProbe(mac: Uint8Array, address: IpAddress): Uint8Array {
  const ip = addressBytes(address);
  if (mac.length !== 6) throw new RangeError(`an Ethernet address has 6 bytes, not ${mac.length}`);
  if (ip.length !== 4) throw new RangeError(`ARP speaks of IPv4 addresses, not of ${address}`);
  const sender = concatBytes(mac, NOTHING.subarray(0, 4));
  return concatBytes(BROADCAST, mac, ETHERTYPE_ARP, ETHERNET_IPV4, REQUEST, sender, NOTHING, ip);
}

/** Who says in an ARP frame, whether request or answer, that an address is theirs. */
export interface ArpSender {
  readonly mac: Uint8Array;
  readonly address: IpAddress;
}

/** @returns undefined for other frames, and for probes, whose senders claim nothing */
export function decodeArpSender(frame: Uint8Array): ArpSender | undefined {
  if (frame.length < FRAME_BYTES || !sameBytes(frame.subarray(12, 14), ETHERTYPE_ARP)) return undefined;
  if (!sameBytes(frame.subarray(14, 20), ETHERNET_IPV4)) return undefined;
  const address = addressFromBytes(frame.subarray(28, 32));
  return address === '0.0.0.0' ? undefined : { mac: frame.slice(22, 28), address };
}
