import { address, addressBytes, concatBytes } from '@holdfast/kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AttributeWriter, attributeWriter } from '../../src/codec/attribute-writer.ts';
import { attribute, nest, text, u8, u16, u16Network, u32 } from '../../src/codec/attributes.ts';

interface Part {
  readonly write: (writer: AttributeWriter) => void;
  readonly bytes: Uint8Array;
}

const type = fc.integer({ min: 1, max: 20 });
const half = fc.integer({ min: 0, max: 0xffff });
const word = fc.integer({ min: 0, max: 0xffff_ffff });
const ip = fc.constantFrom(address('10.9.0.100'), address('fd00::100'));

const simple: fc.Arbitrary<Part> = fc.oneof(
  fc
    .tuple(type, fc.integer({ min: 0, max: 255 }))
    .map(([t, n]) => ({ write: (w: AttributeWriter) => w.u8(t, n), bytes: u8(t, n) })),
  fc.tuple(type, half).map(([t, n]) => ({ write: (w: AttributeWriter) => w.u16(t, n), bytes: u16(t, n) })),
  fc
    .tuple(type, half)
    .map(([t, n]) => ({ write: (w: AttributeWriter) => w.u16Network(t, n), bytes: u16Network(t, n) })),
  fc
    .tuple(type, fc.integer({ min: -0x8000_0000, max: 0xffff_ffff }))
    .map(([t, n]) => ({ write: (w: AttributeWriter) => w.u32(t, n), bytes: u32(t, n) })),
  fc.tuple(type, word, word).map(([t, a, b]) => ({
    write: (w: AttributeWriter) => w.u32Pair(t, a, b),
    bytes: attribute(t, concatBytes(u32(1, a).subarray(4), u32(1, b).subarray(4))),
  })),
  fc
    .tuple(type, fc.string())
    .map(([t, s]) => ({ write: (w: AttributeWriter) => w.text(t, s), bytes: text(t, s) })),
  fc.tuple(type, ip).map(([t, a]) => ({
    write: (w: AttributeWriter) => w.address(t, a),
    bytes: attribute(t, addressBytes(a)),
  })),
  fc.tuple(type, ip).map(([t, a]) => ({
    write: (w: AttributeWriter) => w.inetAddress(t, a),
    bytes: attribute(t, concatBytes(addressBytes(a), new Uint8Array(16 - addressBytes(a).length))),
  })),
  fc
    .tuple(type, half)
    .map(([t, n]) => ({ write: (w: AttributeWriter) => w.written(u16(t, n)), bytes: u16(t, n) })),
);
const nestOf = (parts: fc.Arbitrary<readonly Part[]>): fc.Arbitrary<Part> =>
  fc.tuple(type, parts).map(([t, inner]) => ({
    write: (w: AttributeWriter) => {
      const opened = w.open(t);
      for (const part of inner) part.write(w);
      w.close(opened);
    },
    bytes: nest(t, ...inner.map(({ bytes }) => bytes)),
  }));
const part = fc.oneof(simple, nestOf(fc.array(fc.oneof(simple, nestOf(fc.array(simple))))));

const writeAll = (writer: AttributeWriter, parts: readonly Part[]): void => {
  for (const { write } of parts) write(writer);
};

test('the bytes are those of single attributes, in however much memory at once', () => {
  fc.assert(
    fc.property(fc.array(fc.array(part)), fc.integer({ min: 0, max: 200 }), (requests, size) => {
      const writer = attributeWriter(size);
      const written = requests.map((parts) => writer.encode(writeAll, parts));
      expect(written).toEqual(requests.map((parts) => concatBytes(...parts.map(({ bytes }) => bytes))));
    }),
  );
});

test('what could not be written leaves nothing behind', () => {
  const writer = attributeWriter();
  const write = (to: AttributeWriter, port: number): void => {
    const opened = to.open(1);
    to.u32(2, 0xffff_ffff);
    to.u16Network(3, port);
    to.close(opened);
  };
  expect(() => writer.encode(write, 70_000)).toThrow(RangeError);
  expect(writer.encode(write, 80)).toEqual(nest(1, u32(2, 0xffff_ffff), u16Network(3, 80)));
});
