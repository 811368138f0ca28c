import { familyOf, type IpAddress, putAddress } from '@holdfast/kit';
import { isLittleEndian, padded, viewOf } from '@holdfast/netlink';
import { within } from './attributes.ts';

/**
 * Writes attributes one behind the other into memory that many requests share: a long table has a hundred thousand of
 * them, and an array for each would cost more than all the rest. The bytes are those of `attribute` and `nest`.
 */
export interface AttributeWriter {
  /** @returns what `write` writes; when that throws, nothing of it is left */
  encode<T>(write: (writer: AttributeWriter, value: T) => void, value: T): Uint8Array;
  /** Numbers, in the machine's order unless named otherwise. @throws RangeError for what does not fit */
  u8(type: number, value: number): void;
  u16(type: number, value: number): void;
  u16Network(type: number, value: number): void;
  /** Negative numbers go as the two's complement, as the kernel reads weights. */
  u32(type: number, value: number): void;
  /** Two of them in one attribute. */
  u32Pair(type: number, first: number, second: number): void;
  /** A string with its NUL. */
  text(type: number, value: string): void;
  /** 4 or 16 bytes in network order. */
  address(type: number, value: IpAddress): void;
  /** union nf_inet_addr: 16 bytes in network order, an IPv4 address in the first 4 of them. */
  inetAddress(type: number, value: IpAddress): void;
  /** Attributes that are bytes already. */
  written(attributes: Uint8Array): void;
  /** Begins a nest, with the nest bit. @returns what ends it */
  open(type: number): number;
  close(nest: number): void;
}

const headerLength = 4;
const nested = 0x8000;

/** @param size bytes of memory taken at once; who keeps a result keeps all of them */
export function attributeWriter(size = 16_384): AttributeWriter {
  let memory = new Uint8Array(size);
  let view = viewOf(memory);
  let start = 0;
  let at = 0;

  /** What is begun moves to new memory where the old one is full. Memory is never written twice: padding is 0. */
  const take = (length: number): number => {
    if (at + length > memory.length) {
      const begun = memory.subarray(start, at);
      memory = new Uint8Array(Math.max(size, begun.length + length));
      view = viewOf(memory);
      memory.set(begun);
      [start, at] = [0, begun.length];
    }
    const place = at;
    at += length;
    return place;
  };
  /** @returns where the value goes */
  const header = (type: number, length: number): number => {
    const place = take(padded(headerLength + length));
    view.setUint16(place, headerLength + length, isLittleEndian);
    view.setUint16(place + 2, type, isLittleEndian);
    return place + headerLength;
  };
  const writer: AttributeWriter = {
    encode: (write, value) => {
      start = at;
      write(writer, value);
      return memory.subarray(start, at);
    },
    u8: (type, value) => {
      const place = header(type, 1);
      view.setUint8(place, within(value, 0, 0xff));
    },
    u16: (type, value) => {
      const place = header(type, 2);
      view.setUint16(place, within(value, 0, 0xff_ff), isLittleEndian);
    },
    u16Network: (type, value) => {
      const place = header(type, 2);
      view.setUint16(place, within(value, 0, 0xff_ff), false);
    },
    u32: (type, value) => {
      const place = header(type, 4);
      view.setUint32(place, within(value, -0x80_00_00_00, 0xff_ff_ff_ff), isLittleEndian);
    },
    u32Pair: (type, first, second) => {
      const place = header(type, 8);
      view.setUint32(place, within(first, 0, 0xff_ff_ff_ff), isLittleEndian);
      view.setUint32(place + 4, within(second, 0, 0xff_ff_ff_ff), isLittleEndian);
    },
    // The memory may change while room is taken for the value: so it is named after that.
    text: (type, value) => {
      const bytes = Buffer.from(`${value}\0`);
      const place = header(type, bytes.length);
      memory.set(bytes, place);
    },
    address: (type, value) => {
      const place = header(type, familyOf(value) === 4 ? 4 : 16);
      putAddress(memory, place, value);
    },
    inetAddress: (type, value) => {
      const place = header(type, 16);
      putAddress(memory, place, value);
    },
    written: (attributes) => {
      const place = take(attributes.length);
      memory.set(attributes, place);
    },
    // From the start: the memory may change while the nest is open.
    open: (type) => header(type | nested, 0) - start,
    close: (nest) => {
      const place = start + nest;
      view.setUint16(place - headerLength, headerLength + at - place, isLittleEndian);
    },
  };
  return writer;
}
