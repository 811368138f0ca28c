import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  address,
  addressBytes,
  addressFromBytes,
  compareAddresses,
  inNetwork,
  isMulticast,
  parseAddress,
  putAddress,
} from '../src/index.ts';

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['::', '::'],
  ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['::ffff:10.0.0.1', '::ffff:a00:1'],
  ['1:0:0:0:0:0:0:0', '1::'],
  ['fe80::1', 'fe80::1'],
  ['1:0:2:0:3:0:4:0', '1:0:2:0:3:0:4:0'],
])('%s is written %s', (given, canonical) => {
  expect(parseAddress(given)).toBe(canonical);
});

test.each(['', '10.0.0', '10.0.0.256', '1::2::3', 'fe80::1%eth0', '10.0.0.1/24', 'localhost'])(
  '%s is no address',
  (text) => {
    expect(parseAddress(text)).toBeUndefined();
  },
);

test('bytes of an address make the same address again', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
  );
  fc.assert(
    fc.property(bytes, (raw) => {
      const text = addressFromBytes(raw);
      expect(raw.length === 4 || isIPv6(text)).toBe(true);
      expect(addressBytes(text)).toEqual(raw);
      expect(parseAddress(text)).toBe(text);
    }),
  );
});

test.each(['10.0.0.1', 'fd00::1'] as const)('%s is put where there is room for it', (text) => {
  const raw = addressBytes(address(text));
  const bytes = new Uint8Array(raw.length + 2).fill(7);
  putAddress(bytes, 1, address(text));
  expect([...bytes]).toEqual([7, ...raw, 7]);
  expect(() => putAddress(bytes, 3, address(text))).toThrow(RangeError);
});

test.each([
  ['10.0.0.9', '10.0.0.10', -1],
  ['192.168.0.1', '10.255.255.255', 1],
  ['fe80::1', 'fe80::1', 0],
] as const)('%s compared with %s is %i', (a, b, sign) => {
  expect(Math.sign(compareAddresses(address(a), address(b)))).toBe(sign);
});

test.each([
  ['10.0.1.7', '10.0.0.0', 16, true],
  ['10.1.0.7', '10.0.0.0', 16, false],
  ['10.1.0.7', '0.0.0.0', 0, true],
  ['fd00::1', '10.0.0.0', 0, false],
] as const)('%s in %s/%i is %s', (a, network, length, expected) => {
  expect(inNetwork(address(a), address(network), length)).toBe(expected);
});

test.each([
  ['224.0.0.18', true],
  ['ff02::12', true],
  ['223.255.255.255', false],
] as const)('%s is multicast: %s', (a, expected) => {
  expect(isMulticast(address(a))).toBe(expected);
});

test('an IPv4 address is what the platform takes for one', () => {
  const part = fc.oneof(
    fc.integer({ min: 0, max: 300 }).map(String),
    fc.constantFrom('', '0', '00', '01', '255', '256', '-1', ' 1', '1a', '٣'),
  );
  fc.assert(
    fc.property(fc.array(part, { minLength: 3, maxLength: 5 }), (parts) => {
      const text = parts.join('.');
      expect(parseAddress(text)).toBe(isIPv4(text) ? text : undefined);
    }),
    { numRuns: 2000 },
  );
});
