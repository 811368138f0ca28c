import { address, fromHex, toHex } from '@holdfast/kit';
import { decodeArpSender, encodeArpProbe, encodeGratuitousArp } from '@holdfast/wire';
import { expect, test } from 'vitest';

const mac = fromHex('02000a0b0c0d');
const ip = address('198.51.100.7');
const announcement = encodeGratuitousArp({ mac, address: ip });

test('a probe asks for an address without claiming one', () => {
  expect(toHex(encodeArpProbe(mac, ip))).toBe(
    'ffffffffffff02000a0b0c0d0806000108000604000102000a0b0c0d00000000000000000000c6336407',
  );
});

test.each([
  ['a request', announcement],
  ['an answer', announcement.with(21, 2)],
  ['a padded frame', Uint8Array.from([...announcement, ...new Uint8Array(18)])],
])('%s tells who has an address', (_, frame) => {
  expect(decodeArpSender(frame)).toEqual({ mac, address: ip });
});

test.each([
  ['a probe', encodeArpProbe(mac, ip)],
  ['a short frame', announcement.subarray(0, 41)],
  ['a frame of another protocol', announcement.with(13, 0x00)],
  ['ARP for other addresses than IPv4', announcement.with(17, 0x01)],
])('%s tells nothing', (_, frame) => {
  expect(decodeArpSender(frame)).toBeUndefined();
});

test.each([
  [new Uint8Array(8), '192.0.2.1', 'an Ethernet address has 6 bytes'],
  [new Uint8Array(6), '2001:db8::1', 'ARP speaks of IPv4'],
] as const)('what ARP cannot ask is a mistake of ours (%#)', (from, of, text) => {
  expect(() => encodeArpProbe(from, address(of))).toThrow(text);
});
