import { attribute, isLittleEndian, viewOf } from '@holdfast/netlink';

export {
  type Attributes,
  attribute,
  nest,
  readAttributes,
  readText,
  readU8,
  readU32,
  text,
} from '@holdfast/netlink';

/** Numbers of attributes, in the machine's order unless named otherwise. @throws RangeError for what does not fit */
export const u8 = (type: number, value: number): Uint8Array =>
  attribute(type, Uint8Array.of(within(value, 0, 0xff)));

export const u16 = (type: number, value: number): Uint8Array => u16In(type, value, isLittleEndian);
export const u16Network = (type: number, value: number): Uint8Array => u16In(type, value, false);

export const u32 = (type: number, value: number): Uint8Array => attribute(type, u32Bytes(value));

/** Negative numbers go as the two's complement, as the kernel reads weights. */
function u32Bytes(value: number): Uint8Array {
  return wordBytes(within(value, -0x80_00_00_00, 0xff_ff_ff_ff), isLittleEndian);
}

function wordBytes(value: number, littleEndian: boolean): Uint8Array {
  const bytes = Uint8Array.of(value, value >> 8, value >> 16, value >> 24);
  return littleEndian ? bytes : bytes.reverse();
}

export function u64(type: number, value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  viewOf(bytes).setBigUint64(0, value, isLittleEndian);
  return attribute(type, bytes);
}

/** Undefined where the attribute is missing or too short, as with the others. */
export const readU16 = (bytes: Uint8Array | undefined): number | undefined =>
  readU16In(bytes, isLittleEndian);
export const readU16Network = (bytes: Uint8Array | undefined): number | undefined => readU16In(bytes, false);

export const readU64 = (bytes: Uint8Array | undefined): bigint | undefined =>
  bytes === undefined || bytes.length < 8 ? undefined : viewOf(bytes).getBigUint64(0, isLittleEndian);

function u16In(type: number, value: number, littleEndian: boolean): Uint8Array {
  const checked = within(value, 0, 0xff_ff);
  return attribute(
    type,
    littleEndian ? Uint8Array.of(checked, checked >> 8) : Uint8Array.of(checked >> 8, checked),
  );
}

function halfWord(bytes: Uint8Array, littleEndian: boolean): number {
  const first = bytes[0] ?? 0;
  const second = bytes[1] ?? 0;
  return littleEndian ? first | (second << 8) : (first << 8) | second;
}

const readU16In = (bytes: Uint8Array | undefined, littleEndian: boolean): number | undefined =>
  bytes === undefined || bytes.length < 2 ? undefined : halfWord(bytes, littleEndian);

export function within(value: number, low: number, high: number): number {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new RangeError(`${value} is not a whole number from ${low} to ${high}`);
}
