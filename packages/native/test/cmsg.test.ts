import { address, toHex } from '@holdfast/kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeControl, encodeControl, hopLimitOf, packetInfoControl, packetInfoOf } from '../src/index.ts';

describe('control messages have the bytes of cmsg(3)', () => {
  test.each([
    [
      'IP_PKTINFO: index, source, destination',
      packetInfoControl({ index: 3, address: address('10.8.0.1') }),
      '1c000000000000000000000008000000'.concat('03000000', '0a080001', '00000000', '00000000'),
    ],
    [
      'IPV6_PKTINFO: source, index',
      packetInfoControl({ index: 4, address: address('fe80::1') }),
      '24000000000000002900000032000000'.concat(`fe80${'0'.repeat(26)}01`, '04000000', '00000000'),
    ],
    [
      'two messages, the first padded to 8 bytes',
      encodeControl([
        { level: 0, type: 2, data: Uint8Array.of(255, 0, 0, 0) },
        { level: 1, type: 1, data: Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9) },
      ]),
      '14000000000000000000000002000000ff00000000000000'.concat(
        '180000000000000001000000010000000909090909090909',
      ),
    ],
  ] as const)('%s', (_, encoded, bytes) => {
    expect(toHex(encoded)).toBe(bytes);
  });
});

test('what came in is found among the messages: the destination, not the local address', () => {
  const info = Uint8Array.of(7, 0, 0, 0, 10, 0, 0, 1, 224, 0, 0, 18);
  const messages = decodeControl(
    encodeControl([
      { level: 0, type: 2, data: Uint8Array.of(255, 0, 0, 0) },
      { level: 0, type: 8, data: info },
    ]),
  );
  expect(packetInfoOf(messages)).toEqual({ index: 7, address: '224.0.0.18' });
  expect(hopLimitOf(messages)).toBe(255);
  expect(packetInfoOf([])).toBeUndefined();
  expect(hopLimitOf([])).toBeUndefined();
});

test('an IPv6 hop limit is another message than an IPv4 TTL', () => {
  expect(hopLimitOf([{ level: 41, type: 52, data: Uint8Array.of(64, 0, 0, 0) }])).toBe(64);
  expect(hopLimitOf([{ level: 41, type: 2, data: Uint8Array.of(64, 0, 0, 0) }])).toBeUndefined();
  expect(hopLimitOf([{ level: 0, type: 2, data: Uint8Array.of(64) }])).toBeUndefined();
});

test('decoding gives back what was encoded, and never fails on anything else', () => {
  const message = fc.record({
    level: fc.integer({ min: 0, max: 300 }),
    type: fc.integer({ min: 0, max: 99 }),
    data: fc.uint8Array({ maxLength: 40 }),
  });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 5 }), (messages) => {
      expect(decodeControl(encodeControl(messages))).toEqual(messages);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(decodeControl(bytes).length).toBeLessThanOrEqual(bytes.length / 16);
    }),
  );
});
