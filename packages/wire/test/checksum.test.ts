import { fromHex } from '@holdfast/kit';
import { internetChecksum } from '@holdfast/wire';
import fc from 'fast-check';
import { expect, test } from 'vitest';

test.each([
  ['', 0xffff, 'nothing sums to zero'],
  ['0001f203f4f5f6f7', 0x220d, 'the example of RFC 1071 §3'],
  ['ffffffff', 0x0000, 'all ones are the other zero'],
  ['01', 0xfeff, 'an odd byte is the high half of a word'],
  ['ffff0001', 0xfffe, 'the carry comes round'],
])('the checksum of %s is %i: %s', (hex, sum) => {
  expect(internetChecksum(fromHex(hex))).toBe(sum);
});

test('parts count as if they stood one after the other', () => {
  const even = fc.uint8Array({ maxLength: 60 }).map((bytes) => bytes.subarray(0, bytes.length & ~1));
  fc.assert(
    fc.property(even, fc.uint8Array({ maxLength: 60 }), (a, b) => {
      expect(internetChecksum(a, b)).toBe(internetChecksum(new Uint8Array([...a, ...b])));
    }),
  );
});

test('a packet of the greatest size does not overflow the sum', () => {
  expect(internetChecksum(new Uint8Array(0xffff).fill(0xff))).toBe(0x00ff);
});
