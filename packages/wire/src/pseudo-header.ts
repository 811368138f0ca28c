import { addressBytes } from '@holdfast/kit';
import { type Endpoints, VRRP_PROTOCOL } from './vrrp.ts';
import { setUint16 } from './words.ts';

/**
 * What a checksum covers before the message: that of VRRPv3 over IPv4 (RFC 5798 §5.2.8, in the shape of RFC 9293 §3.1),
 * and over IPv6 that of any protocol (RFC 8200 §8.1).
 *
 * ```text
 *                            IPv4                                                         IPv6
 * +---------------------------------------------------------------+ +-----------------------------------------------+
 * | source, 4 bytes                                               | | source, 16 bytes                              |
 * +---------------------------------------------------------------+ +-----------------------------------------------+
 * | destination, 4 bytes                                          | | destination, 16 bytes                         |
 * +---------------+---------------+-------------------------------+ +-----------------------------------------------+
 * | 0             | protocol      | length of the message         | | length of the message                         |
 * +---------------+---------------+-------------------------------+ +-----------------------------------+-----------+
 *                                                                   | 0                                 | protocol  |
 *                                                                   +-----------------------------------+-----------+
 * ```
 * @param messageBytes length of the message, below 65536
 * @param protocol VRRP where nothing else is said
 */
export function pseudoHeader(
  { source, destination }: Endpoints,
  messageBytes: number,
  protocol: number = VRRP_PROTOCOL,
): Uint8Array {
  const from = addressBytes(source);
  const isSix = from.length === 16;
  const header = new Uint8Array(isSix ? 40 : 12);
  header.set(from, 0);
  header.set(addressBytes(destination), from.length);
  header[isSix ? 39 : 9] = protocol;
  setUint16(header, isSix ? 34 : 10, messageBytes);
  return header;
}
