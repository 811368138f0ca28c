import { endianness } from 'node:os';

/** `BPF_RET | BPF_K`: linux/filter.h. */
const RETURN_CONSTANT = 0x06;

/**
 * A classic BPF program of one instruction, `struct sock_filter { u16 code; u8 jt, jf; u32 k; }`: keep so many bytes
 * of every packet.
 */
function returnConstant(k: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, RETURN_CONSTANT, endianness() === 'LE');
  view.setUint32(4, k, endianness() === 'LE');
  return bytes;
}

/** Nothing is received: for a socket that only sends, or is not bound yet. */
export const rejectAll: Uint8Array = returnConstant(0);

/** Everything is received, whole. */
export const acceptAll: Uint8Array = returnConstant(0xffff_ffff);
