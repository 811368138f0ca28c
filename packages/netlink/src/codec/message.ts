import { endianness } from 'node:os';

/*
 * netlink(7), in the machine's byte order:
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |             length, header included, padding not              |
 * +-------------------------------+-------------------------------+
 * |             type              |             flags             |
 * +-------------------------------+-------------------------------+
 * |                 sequence, echoed in the answers               |
 * +---------------------------------------------------------------+
 * |            port: 0 in a request, the socket's in answers      |
 * +---------------------------------------------------------------+
 * |   payload, then zeros up to a multiple of 4
 */
export interface NetlinkMessage {
  readonly type: number;
  readonly flags: number;
  readonly sequence: number;
  readonly port: number;
  readonly payload: Uint8Array;
}

/** NLM_F_*: linux/netlink.h. REPLACE to APPEND belong to NEW requests, DUMP to GET. */
export const flag = {
  request: 0x01,
  multi: 0x02,
  ack: 0x04,
  dumpInterrupted: 0x10,
  replace: 0x100,
  excl: 0x200,
  create: 0x400,
  append: 0x800,
  dump: 0x300,
  /** In NLMSG_ERROR: the request is not echoed whole, and attributes follow. */
  capped: 0x100,
  ackAttributes: 0x200,
} as const;

/** Message types below the families' own: linux/netlink.h. */
export const control = { noop: 1, error: 2, done: 3, overrun: 4 } as const;

export const isLittleEndian = endianness() === 'LE';
const headerLength = 16;

export function encodeMessage({ type, flags, sequence, payload }: Omit<NetlinkMessage, 'port'>): Uint8Array {
  const length = messageLength(payload.length);
  const bytes = new Uint8Array(padded(length));
  putHeader(viewOf(bytes), 0, length, type, flags, sequence);
  bytes.set(payload, headerLength);
  return bytes;
}

/** What the header says: without the padding behind the payload. */
export const messageLength = (payloadLength: number): number => headerLength + payloadLength;

/** Writes the header of a message; the port is 0. @param length as `messageLength` has it */
export function putHeader(
  view: DataView,
  at: number,
  length: number,
  type: number,
  flags: number,
  sequence: number,
): void {
  view.setUint32(at, length, isLittleEndian);
  view.setUint16(at + 4, type, isLittleEndian);
  view.setUint16(at + 6, flags, isLittleEndian);
  view.setUint32(at + 8, sequence, isLittleEndian);
  view.setUint32(at + 12, 0, isLittleEndian);
}

/** The messages of one datagram, as views of it. A length that cannot be ends the list. */
export function decodeMessages(bytes: Uint8Array): readonly NetlinkMessage[] {
  const view = viewOf(bytes);
  const messages: NetlinkMessage[] = [];
  for (let at = 0; at + headerLength <= bytes.length; ) {
    const length = view.getUint32(at, isLittleEndian);
    if (length < headerLength || at + length > bytes.length) break;
    messages.push({
      type: view.getUint16(at + 4, isLittleEndian),
      flags: view.getUint16(at + 6, isLittleEndian),
      sequence: view.getUint32(at + 8, isLittleEndian),
      port: view.getUint32(at + 12, isLittleEndian),
      payload: bytes.subarray(at + headerLength, at + length),
    });
    at += padded(length);
  }
  return messages;
}

/** Lengths on netlink are padded to 4. */
export const padded = (length: number): number => (length + 3) & ~3;

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
