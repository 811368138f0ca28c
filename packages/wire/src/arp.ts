import {
  addressBytes,
  addressFromBytes,
  concatBytes,
  fail,
  fromHex,
  type IpAddress,
  ok,
  type Result,
  sameBytes,
} from '@holdfast/kit';

/** An Ethernet address has 6 bytes. */
const MAC_BYTES = 6;
const FRAME_BYTES = 42;
const BROADCAST = fromHex('ffffffffffff');
const ETHERTYPE_ARP = fromHex('0806');
/** Ethernet (1), IPv4 (0x0800), 6 and 4 bytes an address, operation 1: request. */
const ARP_REQUEST = fromHex('0001080006040001');

/** A gratuitous ARP: who says that an address is theirs. */
export interface GratuitousArp {
  readonly mac: Uint8Array;
  readonly address: IpAddress;
}

/**
 * The broadcast frame that tells a LAN where an address lives now: an ARP **request** whose sender and target are the
 * address itself (RFC 3768 §6.4.2, RFC 5227 §3), target hardware address all ones. 42 bytes, without padding.
 *
 * ```text
 * | ff:ff:ff:ff:ff:ff | mac | 0806 |                                    Ethernet header, 14 bytes
 * | 0001 | 0800 | 06 | 04 | 0001 | mac | address | ff:ff:ff:ff:ff:ff | address |    ARP, 28 bytes
 * ```
 * @throws RangeError for a hardware address that is not Ethernet's, or an IPv6 address
 */
export function encodeGratuitousArp({ mac, address }: GratuitousArp): Uint8Array {
  if (mac.length !== MAC_BYTES) throw new RangeError(`an Ethernet address has 6 bytes, not ${mac.length}`);
  const ip = addressBytes(address);
  if (ip.length !== 4) throw new RangeError(`ARP speaks of IPv4 addresses, not of ${address}`);
  return concatBytes(BROADCAST, mac, ETHERTYPE_ARP, ARP_REQUEST, mac, ip, BROADCAST, ip);
}

export type ArpDefect = 'truncated' | 'not-arp' | 'not-gratuitous';

/** Reads a frame as above; padding behind it is ignored. */
export function decodeGratuitousArp(frame: Uint8Array): Result<GratuitousArp, ArpDefect> {
  if (frame.length < FRAME_BYTES) return fail('truncated');
  const isArp = sameBytes(frame.subarray(12, 14), ETHERTYPE_ARP);
  if (!isArp || !sameBytes(frame.subarray(14, 22), ARP_REQUEST)) return fail('not-arp');
  const [sender, target] = [frame.subarray(28, 32), frame.subarray(38, 42)];
  if (!sameBytes(sender, target)) return fail('not-gratuitous');
  return ok({ mac: frame.slice(22, 28), address: addressFromBytes(sender) });
}
