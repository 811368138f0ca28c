import { addressBytes } from '@holdfast/kit';
import { type Endpoints, VRRP_PROTOCOL } from './vrrp.ts';
import { setUint16 } from './words.ts';

/**
 * What a VRRPv3 checksum over IPv4 covers before the message (RFC 5798 §5.2.8, in the shape of RFC 9293 §3.1).
 *
 * ```text
 * +---------------------------------------------------------------+
 * | source                                                        |
 * +---------------------------------------------------------------+
 * | destination                                                   |
 * +---------------+---------------+-------------------------------+
 * | 0             | protocol 112  | length of the message         |
 * +---------------+---------------+-------------------------------+
 * ```
 * @param messageBytes length of the VRRP message
 */
export function pseudoHeader({ source, destination }: Endpoints, messageBytes: number): Uint8Array {
  const header = new Uint8Array(12);
  header.set(addressBytes(source), 0);
  header.set(addressBytes(destination), 4);
  header[9] = VRRP_PROTOCOL;
  setUint16(header, 10, messageBytes);
  return header;
}
