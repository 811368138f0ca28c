import { concatBytes } from '@holdfast/kit';

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-+-+---------------------------+
 * |    length, header included    |N|B|           type            |   host order; N: nested (0x8000)
 * +-------------------------------+-+-+---------------------------+
 * |   value, then zeros up to a multiple of 4, not counted in length
 * +---------------------------------------------------------------+
 */
const headerLength = 4;
const nested = 0x80_00;
const typeMask = 0x3f_ff;
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** One attribute, padded. */
export function attribute(type: number, value: Uint8Array): Uint8Array {
  const whole = new Uint8Array(padded(headerLength + value.length));
  const view = new DataView(whole.buffer);
  view.setUint16(0, headerLength + value.length, isLittleEndian);
  view.setUint16(2, type, isLittleEndian);
  whole.set(value, headerLength);
  return whole;
}

export const nest = (type: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  attribute(type | nested, concatBytes(...parts));

/** @throws RangeError for what does not fit, as do the others */
export const u8 = (type: number, value: number): Uint8Array =>
  attribute(type, Uint8Array.of(within(value, 0, 0xff)));

export const u16 = (type: number, value: number): Uint8Array => u16In(type, value, isLittleEndian);
export const u16Network = (type: number, value: number): Uint8Array => u16In(type, value, false);

/** Negative numbers go as the two's complement, as the kernel reads weights. */
export function u32(type: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, within(value, -0x80_00_00_00, 0xff_ff_ff_ff), isLittleEndian);
  return attribute(type, bytes);
}

/** A string with its NUL. */
export const text = (type: number, value: string): Uint8Array =>
  attribute(type, new TextEncoder().encode(`${value}\0`));

/** Attributes by type; of equal ones the last counts, as in the kernel. Undefined where a length cannot be. */
export function readAttributes(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> | undefined {
  const found = new Map<number, Uint8Array>();
  const view = viewOf(bytes);
  for (let at = 0; at + headerLength <= bytes.length; ) {
    const length = view.getUint16(at, isLittleEndian);
    if (length < headerLength || at + length > bytes.length) return undefined;
    const type = view.getUint16(at + 2, isLittleEndian) & typeMask;
    found.set(type, bytes.subarray(at + headerLength, at + length));
    at += padded(length);
  }
  return found;
}

/** Undefined where the attribute is missing or too short, as in the others. */
export const readU8 = (bytes: Uint8Array | undefined): number | undefined => bytes?.[0];

export const readU16 = (bytes: Uint8Array | undefined): number | undefined =>
  bytes === undefined || bytes.length < 2 ? undefined : viewOf(bytes).getUint16(0, isLittleEndian);

export const readU16Network = (bytes: Uint8Array | undefined): number | undefined =>
  bytes === undefined || bytes.length < 2 ? undefined : viewOf(bytes).getUint16(0, false);

export const readU32 = (bytes: Uint8Array | undefined): number | undefined =>
  bytes === undefined || bytes.length < 4 ? undefined : viewOf(bytes).getUint32(0, isLittleEndian);

export const readU64 = (bytes: Uint8Array | undefined): bigint | undefined =>
  bytes === undefined || bytes.length < 8 ? undefined : viewOf(bytes).getBigUint64(0, isLittleEndian);

/** Up to the NUL. */
export function readText(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** u64 attributes, for those that make replies: the fake kernel. */
export function u64(type: number, value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, isLittleEndian);
  return attribute(type, bytes);
}

function u16In(type: number, value: number, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(2);
  new DataView(bytes.buffer).setUint16(0, within(value, 0, 0xff_ff), littleEndian);
  return attribute(type, bytes);
}

function within(value: number, low: number, high: number): number {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new RangeError(`${value} is not a whole number from ${low} to ${high}`);
}

const padded = (length: number): number => (length + 3) & ~3;
const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
