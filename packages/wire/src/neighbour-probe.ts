import { addressBytes, addressFromBytes, concatBytes, fromHex, type IpAddress } from '@holdfast/kit';
import { internetChecksum } from './checksum.ts';
import { decodeIpv6 } from './ipv6.ts';
import { pseudoHeader } from './pseudo-header.ts';
import { setUint16 } from './words.ts';

const ETHERNET_BYTES = 14;
const ETHERTYPE_IPV6 = fromHex('86dd');
const ICMPV6 = 58;
const SOLICITATION = 135;
const ADVERTISEMENT = 136;
/** Type, code, checksum, flags or nothing, target: RFC 4861 §4.3, §4.4. */
const FIXED_BYTES = 24;
const SOURCE_LINK_ADDRESS = 1;
const TARGET_LINK_ADDRESS = 2;
/** Whatever came over a router has less (RFC 4861 §7.1). */
const HOP_LIMIT = 255;

/** Who asks. */
export interface Asker {
  /** Of the interface, 6 bytes. */
  readonly mac: Uint8Array;
  /** An IPv6 address of the interface, to which the answer goes. */
  readonly address: IpAddress;
}

/**
 * The frame that asks who has an IPv6 address: a Neighbor Solicitation to the group of addresses that end alike (RFC 4861
 * §4.3, §7.2.2). It names its sender: one from the unspecified address would be a duplicate address detection, and take
 * the address away from a router that is about to use it (RFC 4862 §5.4.3). 86 bytes.
 *
 * ```text
 * | 33:33:ff:aa:bb:cc | mac | 86dd |                                                     Ethernet header, 14 bytes
 * | 6000 0000 | 0020 | 3a | ff | asker's address | ff02::1:ffaa:bbcc |                   IPv6 header, 40 bytes
 * | 87 | 00 | checksum | 0 | address | 01 | 01 | mac |                                   ICMPv6, 32 bytes
 * ```
 * @throws RangeError for other lengths of the hardware address, and for IPv4 addresses
 */
export function encodeNeighbourProbe({ mac, address: from }: Asker, address: IpAddress): Uint8Array {
  const [source, target] = [addressBytes(from), addressBytes(address)];
  if (mac.length !== 6) throw new RangeError(`an Ethernet address has 6 bytes, not ${mac.length}`);
  if (source.length !== 16 || target.length !== 16)
    throw new RangeError(`neighbour discovery speaks of IPv6 addresses, not of ${from} and ${address}`);
  const group = concatBytes(fromHex('ff0200000000000000000001ff'), target.subarray(13));
  const message = concatBytes(
    Uint8Array.of(SOLICITATION, 0, 0, 0, 0, 0, 0, 0),
    target,
    Uint8Array.of(SOURCE_LINK_ADDRESS, 1),
    mac,
  );
  const covered = pseudoHeader(
    { source: from, destination: addressFromBytes(group) },
    message.length,
    ICMPV6,
  );
  setUint16(message, 2, internetChecksum(covered, message));
  const header = Uint8Array.of(0x60, 0, 0, 0, 0, message.length, ICMPV6, HOP_LIMIT);
  const ethernet = concatBytes(fromHex('3333'), group.subarray(12), mac, ETHERTYPE_IPV6);
  return concatBytes(ethernet, header, source, group, message);
}

/** Who says in a Neighbor Advertisement that an address is theirs. */
export interface NeighbourClaim {
  readonly mac: Uint8Array;
  readonly address: IpAddress;
}

/** @returns undefined for other frames, and for what RFC 4861 §7.1.2 calls invalid */
export function decodeNeighbourClaim(frame: Uint8Array): NeighbourClaim | undefined {
  const packet = decodeIpv6(frame.subarray(ETHERNET_BYTES));
  if (!packet.ok) return undefined;
  const { nextHeader, hopLimit, payload, source, destination } = packet.value;
  if (nextHeader !== ICMPV6 || hopLimit !== HOP_LIMIT || payload.length < FIXED_BYTES) return undefined;
  if (payload[0] !== ADVERTISEMENT || payload[1] !== 0) return undefined;
  if (internetChecksum(pseudoHeader({ source, destination }, payload.length, ICMPV6), payload) !== 0)
    return undefined;
  return {
    // An answer to a packet may leave the option out; its frame then comes from the owner (RFC 4861 §4.4).
    mac: linkAddress(payload) ?? frame.slice(6, 12),
    address: addressFromBytes(payload.subarray(8, 24)),
  };
}

/** The Target Link-Layer Address among the options, whose lengths count in 8 bytes (RFC 4861 §4.6). */
function linkAddress(payload: Uint8Array): Uint8Array | undefined {
  for (let at = FIXED_BYTES; at + 8 <= payload.length; at += 8 * (payload[at + 1] || 1)) {
    if (payload[at] === TARGET_LINK_ADDRESS && payload[at + 1] === 1) return payload.slice(at + 2, at + 8);
  }
  return undefined;
}
