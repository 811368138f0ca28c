import { address, fail, fromHex, ok, toHex } from '@holdfast/kit';
import { decodeGratuitousArp, encodeGratuitousArp } from '@holdfast/wire';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ipv4Address } from './arbitraries.ts';

const frame = encodeGratuitousArp({ mac: fromHex('02000a0b0c0d'), address: address('198.51.100.7') });

test('a gratuitous ARP is a broadcast request of 42 bytes with itself as target', () => {
  expect(toHex(frame)).toBe(
    'ffffffffffff02000a0b0c0d0806000108000604000102000a0b0c0dc6336407ffffffffffffc6336407',
  );
});

test('what was encoded decodes to the same', () => {
  const mac = fc.uint8Array({ minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(mac, ipv4Address, (from, ip) => {
      expect(decodeGratuitousArp(encodeGratuitousArp({ mac: from, address: ip }))).toEqual(
        ok({ mac: from, address: ip }),
      );
    }),
  );
});

test.each([
  [frame.subarray(0, 41), 'truncated'],
  [frame.with(13, 0x00), 'not-arp'],
  [frame.with(21, 2), 'not-arp'],
  [frame.with(41, 8), 'not-gratuitous'],
] as const)('another frame is named (%#)', (bytes, defect) => {
  expect(decodeGratuitousArp(bytes)).toEqual(fail(defect));
});

test.each([
  [new Uint8Array(8), '192.0.2.1', 'an Ethernet address has 6 bytes'],
  [new Uint8Array(6), '2001:db8::1', 'ARP speaks of IPv4'],
] as const)('what ARP cannot say is a mistake of ours (%#)', (mac, ip, text) => {
  expect(() => encodeGratuitousArp({ mac, address: address(ip) })).toThrow(text);
});
