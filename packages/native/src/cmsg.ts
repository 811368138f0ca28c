import { endianness } from 'node:os';
import { addressBytes, addressFromBytes, familyOf, type IpAddress } from '@holdfast/kit';
import { IP, IPV6, SOL } from './constants.ts';

/**
 * Control messages (cmsg(3)) on 64-bit Linux:
 *
 *      0               8       12      16
 *     +---------------+-------+-------+----------------+- - - -+
 *     | length (u64)  | level | type  | data           | to 8  |
 *     +---------------+-------+-------+----------------+- - - -+
 *
 * The length counts header and data, not the padding; numbers stand in the machine's order.
 */
export interface ControlMessage {
  readonly level: number;
  readonly type: number;
  readonly data: Uint8Array;
}

/** Where a packet came in, or where and as whom it goes out: IP_PKTINFO (ip(7)), IPV6_PKTINFO (ipv6(7)). */
export interface PacketInfo {
  readonly index: number;
  /** Received: the destination of the packet. Sent: its source. */
  readonly address: IpAddress;
}

/** What `control` of ReceiveOptions has to hold for a PKTINFO of either family and a TTL or hop limit. */
export const packetControlSize = 40 + 24;

const little = endianness() === 'LE';
const headerSize = 16;
const aligned = (length: number): number => (length + 7) & ~7;

export function encodeControl(messages: readonly ControlMessage[]): Uint8Array {
  const total = messages.reduce((sum, message) => sum + aligned(headerSize + message.data.length), 0);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { level, type, data } of messages) {
    view.setBigUint64(at, BigInt(headerSize + data.length), little);
    view.setInt32(at + 8, level, little);
    view.setInt32(at + 12, type, little);
    bytes.set(data, at + headerSize);
    at += aligned(headerSize + data.length);
  }
  return bytes;
}

/** Reads what fits: a message whose length goes beyond the bytes (MSG_CTRUNC) ends the list. */
export function decodeControl(bytes: Uint8Array): readonly ControlMessage[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const messages: ControlMessage[] = [];
  let at = 0;
  while (at + headerSize <= bytes.length) {
    const length = Number(view.getBigUint64(at, little));
    if (length < headerSize || at + length > bytes.length) break;
    messages.push({
      level: view.getInt32(at + 8, little),
      type: view.getInt32(at + 12, little),
      data: bytes.subarray(at + headerSize, at + length),
    });
    at += aligned(length);
  }
  return messages;
}

/** A PKTINFO to send with: packets leave by interface `index` and carry `address` as their source. */
export function packetInfoControl({ index, address }: PacketInfo): Uint8Array {
  const six = familyOf(address) === 6;
  const data = new Uint8Array(six ? 20 : 12);
  const view = new DataView(data.buffer);
  view.setInt32(six ? 16 : 0, index, little);
  data.set(addressBytes(address), six ? 0 : 4);
  return encodeControl([
    six ? { level: SOL.IPV6, type: IPV6.PKTINFO, data } : { level: SOL.IP, type: IP.PKTINFO, data },
  ]);
}

/** Where a packet came in: needs IP_PKTINFO or IPV6_RECVPKTINFO set on the socket. */
export function packetInfoOf(messages: readonly ControlMessage[]): PacketInfo | undefined {
  for (const { level, type, data } of messages) {
    const view = new DataView(data.buffer, data.byteOffset, data.length);
    if (level === SOL.IP && type === IP.PKTINFO && data.length >= 12) {
      return { index: view.getInt32(0, little), address: addressFromBytes(data.subarray(8, 12)) };
    }
    if (level === SOL.IPV6 && type === IPV6.PKTINFO && data.length >= 20) {
      return { index: view.getInt32(16, little), address: addressFromBytes(data.subarray(0, 16)) };
    }
  }
  return undefined;
}

/** TTL or hop limit of a received packet: needs IP_RECVTTL or IPV6_RECVHOPLIMIT set on the socket. */
export function hopLimitOf(messages: readonly ControlMessage[]): number | undefined {
  const found = messages.find(
    ({ level, type, data }) =>
      data.length >= 4 &&
      ((level === SOL.IP && type === IP.TTL) || (level === SOL.IPV6 && type === IPV6.HOPLIMIT)),
  );
  if (found === undefined) return undefined;
  return new DataView(found.data.buffer, found.data.byteOffset, 4).getInt32(0, little);
}
