import { endianness } from 'node:os';

const little = endianness() === 'LE';
const LOAD_BYTE = 0x30;
const JUMP_IF_EQUAL = 0x15;
const RETURN = 0x06;

/**
 * Only packets with these bytes wake this process up (`struct sock_filter { u16 code; u8 jt, jf; u32 k; }` of
 * linux/filter.h): each byte is loaded and compared; all of the packet is taken, or nothing.
 * @param wanted place, from the packet's first byte, and value
 */
export function withBytes(...wanted: readonly (readonly [at: number, value: number])[]): Uint8Array {
  const program = [
    ...wanted.flatMap(([at, value], index) => [
      instruction(LOAD_BYTE, 0, at),
      // To the last instruction, over what is left of the comparisons and over the taking.
      instruction(JUMP_IF_EQUAL, 2 * (wanted.length - 1 - index) + 1, value),
    ]),
    instruction(RETURN, 0, 0xffff),
    instruction(RETURN, 0, 0),
  ];
  return Uint8Array.from(program.flatMap((one) => [...one]));
}

function instruction(code: number, otherwise: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, code, little);
  view.setUint8(3, otherwise);
  view.setUint32(4, value, little);
  return bytes;
}
