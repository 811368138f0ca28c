import { addressFromBytes, fail, type IpAddress, ok, type Result } from '@holdfast/kit';
import { uint16 } from './words.ts';

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+---------------+---------------------------------------+
 * |   6   | traffic class | flow label                            |
 * +-------+---------------+-------+---------------+---------------+
 * | length behind this header     | next header   | hop limit     |
 * +-------------------------------+---------------+---------------+
 * | source, 16 bytes                                              |
 * +---------------------------------------------------------------+
 * | destination, 16 bytes                                         |
 * +---------------------------------------------------------------+
 */
const HEADER_BYTES = 40;

export interface Ipv6Packet {
  /** 0 to 255: the protocol of the payload, or of an extension header that stands before it. */
  readonly nextHeader: number;
  /** 0 to 255 */
  readonly hopLimit: number;
  readonly source: IpAddress;
  readonly destination: IpAddress;
  /** What stands behind the header, without a frame's padding: a view of the packet's bytes. */
  readonly payload: Uint8Array;
}

/** Takes a packet apart as a packet socket delivers it (RFC 8200 §3); extension headers stay in the payload. */
export function decodeIpv6(
  bytes: Uint8Array,
): Result<Ipv6Packet, 'truncated' | 'bad-ip-header' | 'length-mismatch'> {
  if (bytes.length < HEADER_BYTES) return fail('truncated');
  if ((bytes[0] ?? 0) >> 4 !== 6) return fail('bad-ip-header');
  const end = HEADER_BYTES + uint16(bytes, 4);
  if (end > bytes.length) return fail('length-mismatch');
  return ok({
    nextHeader: bytes[6] ?? 0,
    hopLimit: bytes[7] ?? 0,
    source: addressFromBytes(bytes.subarray(8, 24)),
    destination: addressFromBytes(bytes.subarray(24, 40)),
    payload: bytes.subarray(HEADER_BYTES, end),
  });
}
