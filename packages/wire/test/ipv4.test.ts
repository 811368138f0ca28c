import { address, fail, fromHex, ok, toHex } from '@holdfast/kit';
import { decodeIpv4, encodeIpv4, internetChecksum } from '@holdfast/wire';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ipv4Header } from './arbitraries.ts';

const header = {
  typeOfService: 0xc0,
  identification: 7,
  timeToLive: 255,
  protocol: 112,
  source: address('198.51.100.2'),
  destination: address('224.0.0.18'),
};

test('a header is written as RFC 791 §3.1 draws it, without "don\'t fragment"', () => {
  expect(toHex(encodeIpv4(header, fromHex('beef')))).toBe('45c0001600070000ff70b068c6336402e0000012beef');
});

test('what was encoded decodes to the same, and its header sums to zero', () => {
  fc.assert(
    fc.property(ipv4Header, fc.uint8Array({ maxLength: 1480 }), (fields, payload) => {
      const packet = encodeIpv4(fields, payload);
      expect(decodeIpv4(packet)).toEqual(ok({ ...fields, payload }));
      expect(internetChecksum(packet.subarray(0, 20))).toBe(0);
    }),
  );
});

test('decoding never throws, and the payload never reaches beyond the packet', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
      const packet = decodeIpv4(bytes);
      if (packet.ok) expect(packet.value.payload.length).toBeLessThanOrEqual(bytes.length - 20);
    }),
  );
});

const short = encodeIpv4(header, new Uint8Array(20));
test.each([
  [44, 'of 44 bytes'],
  [46, 'of 46 bytes, the least of a frame'],
])('a short packet that arrives in a frame %i is taken without its padding', (arrived) => {
  const packet = decodeIpv4(new Uint8Array([...short, ...new Uint8Array(arrived - short.length)]));
  expect(packet).toEqual(ok({ ...header, payload: new Uint8Array(20) }));
});

test('bytes left over in a longer frame are no padding', () => {
  expect(decodeIpv4(new Uint8Array([...short, ...new Uint8Array(7)]))).toEqual(fail('length-mismatch'));
});
