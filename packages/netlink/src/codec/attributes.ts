import { concatBytes } from '@holdfast/kit';
import { isLittleEndian, padded, viewOf } from './message.ts';

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-+-+---------------------------+
 * |    length, header included    |N|B|           type            |   N: nested, B: network byte order
 * +-------------------------------+-+-+---------------------------+
 * |   value, then zeros up to a multiple of 4, not counted in length
 */
const headerLength = 4;
const nested = 0x8000;
const typeMask = 0x3fff;

/*
 * By single bytes: a table has tens of thousands of attributes, and a DataView for each costs more than all the rest.
 */
const [low, high] = isLittleEndian ? ([0, 1] as const) : ([1, 0] as const);

function putU16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at + low] = value;
  bytes[at + high] = value >> 8;
}

const takeU16 = (bytes: Uint8Array, at: number): number =>
  (bytes[at + low] ?? 0) | ((bytes[at + high] ?? 0) << 8);

/** The upper half times 2^16: shifted by 16 it could become negative. */
const takeU32 = (bytes: Uint8Array): number =>
  takeU16(bytes, isLittleEndian ? 0 : 2) + takeU16(bytes, isLittleEndian ? 2 : 0) * 0x1_00_00;

/** One attribute with its padding. @param type with 0x8000 where the nest bit is wanted */
export function attribute(type: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(padded(headerLength + value.length));
  putU16(bytes, 0, headerLength + value.length);
  putU16(bytes, 2, type);
  bytes.set(value, headerLength);
  return bytes;
}

/** Attributes within an attribute, with the nest bit, which the kernel takes set or clear. */
export const nest = (type: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  attribute(type | nested, concatBytes(...parts));

/** The number types of attributes, in the machine's order unless named otherwise. */
export const u8 = (type: number, value: number): Uint8Array => attribute(type, Uint8Array.of(value));

export function u16(type: number, value: number): Uint8Array {
  const bytes = new Uint8Array(2);
  putU16(bytes, 0, value);
  return attribute(type, bytes);
}

export function u32(type: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value, isLittleEndian);
  return attribute(type, bytes);
}

/** A string with its NUL. */
export const text = (type: number, value: string): Uint8Array => attribute(type, Buffer.from(`${value}\0`));

export type Attributes = ReadonlyMap<number, Uint8Array>;

/** Attributes by type, without nest and byte order bits; of equal ones the last counts. A broken length ends it. */
export function readAttributes(bytes: Uint8Array): Attributes {
  const found = new Map<number, Uint8Array>();
  for (let at = 0; at + headerLength <= bytes.length; ) {
    const length = takeU16(bytes, at);
    if (length < headerLength || at + length > bytes.length) break;
    const type = takeU16(bytes, at + 2) & typeMask;
    found.set(type, bytes.subarray(at + headerLength, at + length));
    at += padded(length);
  }
  return found;
}

/** Undefined where the attribute is missing or too short, as with the others. */
export const readU8 = (bytes: Uint8Array | undefined): number | undefined => bytes?.[0];

export const readU32 = (bytes: Uint8Array | undefined): number | undefined =>
  bytes === undefined || bytes.length < 4 ? undefined : takeU32(bytes);

/** Up to the NUL. */
export function readText(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const end = bytes.indexOf(0);
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString();
}
