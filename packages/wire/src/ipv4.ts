import { addressBytes, addressFromBytes, fail, type IpAddress, ok, type Result } from '@holdfast/kit';
import { internetChecksum } from './checksum.ts';
import { setUint16, uint16 } from './words.ts';

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+-------+---------------+-------------------------------+
 * |   4   | words | type of serv. | total length, header included |
 * +-------+-------+---------------+-----+-------------------------+
 * | identification                |0 D M| fragment offset         |
 * +---------------+---------------+-----+-------------------------+
 * | time to live  | protocol      | checksum of the header        |
 * +---------------+---------------+-------------------------------+
 * | source                                                        |
 * +---------------------------------------------------------------+
 * | destination                                                   |
 * +---------------------------------------------------------------+
 * | options, up to 40 bytes, if `words` is more than 5            |
 * +---------------------------------------------------------------+
 */
const HEADER_BYTES = 20;

/** A frame's least payload: shorter packets arrive with padding behind them (IEEE 802.3 §3.2.8). */
const LEAST_FRAME_PAYLOAD = 46;

/** What VRRP needs to know of an IPv4 header (RFC 791 §3.1). */
export interface Ipv4Header {
  /** The whole byte: 0xc0 is internetwork control. */
  readonly typeOfService: number;
  /** 16 bits. */
  readonly identification: number;
  /** 1 to 255 */
  readonly timeToLive: number;
  /** 0 to 255 */
  readonly protocol: number;
  readonly source: IpAddress;
  readonly destination: IpAddress;
}

export interface Ipv4Packet extends Ipv4Header {
  /** What stands behind header and options, without a frame's padding: a view of the packet's bytes. */
  readonly payload: Uint8Array;
}

/** Each is also the name of the counter of packets dropped for it. */
export type Ipv4Defect = 'truncated' | 'bad-ip-header' | 'length-mismatch' | 'fragment';

/**
 * Takes a packet apart as a raw or packet socket delivers it. The header's own checksum is not looked at: the kernel
 * has done that before a raw socket sees the packet.
 */
export function decodeIpv4(bytes: Uint8Array): Result<Ipv4Packet, Ipv4Defect> {
  if (bytes.length < HEADER_BYTES) return fail('truncated');
  const first = bytes[0] ?? 0;
  const headerBytes = (first & 0x0f) * 4;
  if (first >> 4 !== 4 || headerBytes < HEADER_BYTES) return fail('bad-ip-header');
  const totalLength = uint16(bytes, 2);
  if (totalLength < headerBytes) return fail('bad-ip-header');
  if (!lengthFits(totalLength, bytes.length)) return fail('length-mismatch');
  if ((uint16(bytes, 6) & 0x3fff) !== 0) return fail('fragment');
  return ok({
    typeOfService: bytes[1] ?? 0,
    identification: uint16(bytes, 4),
    timeToLive: bytes[8] ?? 0,
    protocol: bytes[9] ?? 0,
    source: addressFromBytes(bytes.subarray(12, 16)),
    destination: addressFromBytes(bytes.subarray(16, 20)),
    payload: bytes.subarray(headerBytes, totalLength),
  });
}

/** Header without options and without "don't fragment", followed by the payload. @throws RangeError beyond 65535 bytes */
export function encodeIpv4(header: Ipv4Header, payload: Uint8Array): Uint8Array {
  const packet = new Uint8Array(HEADER_BYTES + payload.length);
  if (packet.length > 0xffff) throw new RangeError(`an IPv4 packet has no room for ${payload.length} bytes`);
  packet[0] = 0x45;
  packet[1] = header.typeOfService;
  setUint16(packet, 2, packet.length);
  setUint16(packet, 4, header.identification);
  packet[8] = header.timeToLive;
  packet[9] = header.protocol;
  packet.set(addressBytes(header.source), 12);
  packet.set(addressBytes(header.destination), 16);
  setUint16(packet, 10, internetChecksum(packet.subarray(0, HEADER_BYTES)));
  packet.set(payload, HEADER_BYTES);
  return packet;
}

/** More bytes than announced are a short frame's padding, or a lie. */
function lengthFits(announced: number, arrived: number): boolean {
  return announced === arrived || (announced < arrived && arrived <= LEAST_FRAME_PAYLOAD);
}
