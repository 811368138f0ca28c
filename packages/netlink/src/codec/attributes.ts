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

/** One attribute with its padding. @param type with 0x8000 where the nest bit is wanted */
export function attribute(type: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(padded(headerLength + value.length));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, headerLength + value.length, isLittleEndian);
  view.setUint16(2, type, isLittleEndian);
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
  viewOf(bytes).setUint16(0, value, isLittleEndian);
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
  const view = viewOf(bytes);
  for (let at = 0; at + headerLength <= bytes.length; ) {
    const length = view.getUint16(at, isLittleEndian);
    if (length < headerLength || at + length > bytes.length) break;
    const type = view.getUint16(at + 2, isLittleEndian) & typeMask;
    found.set(type, bytes.subarray(at + headerLength, at + length));
    at += padded(length);
  }
  return found;
}

/** Undefined where the attribute is missing or too short, as with the others. */
export const readU8 = (bytes: Uint8Array | undefined): number | undefined => bytes?.[0];

export const readU32 = (bytes: Uint8Array | undefined): number | undefined =>
  bytes === undefined || bytes.length < 4 ? undefined : viewOf(bytes).getUint32(0, isLittleEndian);

/** Up to the NUL. */
export function readText(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const end = bytes.indexOf(0);
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString();
}
