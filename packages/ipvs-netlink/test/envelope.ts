import { concatBytes } from '@holdfast/kit';

/** A request as it goes out: netlink header, generic netlink header, attributes (little-endian, as captured). */
export function envelope(
  header: { readonly type: number; readonly flags: number; readonly sequence: number },
  command: number,
  attributes: Uint8Array,
): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(20));
  bytes.setUint32(0, 20 + attributes.length, true);
  bytes.setUint16(4, header.type, true);
  bytes.setUint16(6, header.flags, true);
  bytes.setUint32(8, header.sequence, true);
  bytes.setUint8(16, command);
  bytes.setUint8(17, 1);
  return concatBytes(new Uint8Array(bytes.buffer), attributes);
}

export interface Opened {
  readonly type: number;
  readonly flags: number;
  readonly sequence: number;
  readonly command: number;
  readonly attributes: Uint8Array;
}

/** The parts of a captured message. */
export function open(message: Uint8Array): Opened {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  return {
    type: view.getUint16(4, true),
    flags: view.getUint16(6, true),
    sequence: view.getUint32(8, true),
    command: message[16] ?? 0,
    attributes: message.subarray(20),
  };
}
