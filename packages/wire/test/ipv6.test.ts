import { address, fail, fromHex, ok, toHex } from '@holdfast/kit';
import { decodeAdvert, decodeIpv6, decodeNeighbourClaim, encodeNeighbourProbe } from '@holdfast/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

/** As keepalived 2.2.7 sent it: virtual router 6, priority 255, one second, fe80::6 and fd00::6. */
const packet = fromHex(
  '6c0d3296002870fffe80000000000000000000fffe000002ff0200000000000000000000000000123106ff020064d6d4fe800000000000000000000000000006fd000000000000000000000000000006',
);
const source = address('fe80::ff:fe00:2');
const destination = address('ff02::12');
const message = packet.subarray(40);

describe('an IPv6 packet', () => {
  test('is taken apart, whatever stands behind it', () => {
    const value = { nextHeader: 112, hopLimit: 255, source, destination, payload: message };
    expect(decodeIpv6(packet)).toEqual(ok(value));
    expect(decodeIpv6(Uint8Array.from([...packet, 0, 0]))).toEqual(ok(value));
  });

  test.each([
    ['truncated', packet.subarray(0, 39)],
    ['bad-ip-header', packet.with(0, 0x45)],
    ['length-mismatch', packet.subarray(0, -1)],
  ] as const)('is refused: %s', (reason, bytes) => {
    expect(decodeIpv6(bytes)).toEqual(fail(reason));
  });
});

describe('an advert over IPv6', () => {
  const read = (bytes: Uint8Array, to = destination) => decodeAdvert(bytes, 3, { source, destination: to });

  test('has addresses of 16 bytes', () => {
    expect(read(message)).toEqual(
      ok({
        checksum: 'pseudo-header',
        advert: {
          version: 3,
          virtualRouterId: 6,
          priority: 255,
          advertCentiseconds: 100,
          addresses: ['fe80::6', 'fd00::6'],
        },
      }),
    );
  });

  test('is refused where it is not what was sent', () => {
    expect(read(message, address('ff02::13'))).toEqual(fail('bad-checksum'));
    expect(read(message.with(2, 254))).toEqual(fail('bad-checksum'));
    expect(read(message.subarray(0, -16))).toEqual(fail('length-mismatch'));
    expect(read(message.with(3, 8))).toEqual(fail('length-mismatch'));
    expect(decodeAdvert(message.with(0, 0x21), 2, { source, destination })).toEqual(fail('bad-version'));
  });
});

const mac = fromHex('020000000001');
const asker = { mac, address: address('fe80::ff:fe00:1') };
const asked = address('fd00::6');

/** As tcpdump found it right, and as Linux answered it. */
const probe =
  '3333ff00000602000000000186dd6000000000203afffe80000000000000000000fffe000001ff0200000000000000000001ff00000687007d0f00000000fd0000000000000000000000000000060101020000000001';
const answer = fromHex(
  '02000000000102000000000286dd6000000000203afffd000000000000000000000000000006fe80000000000000000000fffe00000188001c1260000000fd0000000000000000000000000000060201020000000002',
);

/** The answer without its option: 8 bytes less in the header, and in the checksum's sum what they added. */
const bare = answer.subarray(0, 78).with(19, 0x18).with(56, 0x20).with(57, 0x1d);

describe('neighbour discovery', () => {
  test('asks the group of the address, by name', () => {
    expect(toHex(encodeNeighbourProbe(asker, asked))).toBe(probe);
  });

  test.each([
    ['an answer', answer],
    ['an answer without its option, whose frame tells', bare],
    ['a padded answer', Uint8Array.from([...answer, 0, 0, 0, 0])],
  ])('%s tells who has the address', (_, frame) => {
    expect(decodeNeighbourClaim(frame)).toEqual({ mac: fromHex('020000000002'), address: asked });
  });

  test.each([
    ['a question', fromHex(probe)],
    ['a short frame', answer.subarray(0, 77)],
    ['what came over a router', answer.with(21, 254)],
    ['another protocol', answer.with(20, 17)],
    ['a wrong checksum', answer.with(85, 0x99)],
    ['nothing', new Uint8Array()],
  ])('%s tells nothing', (_, frame) => {
    expect(decodeNeighbourClaim(frame)).toBeUndefined();
  });

  test('no frame whatever makes it fail', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.nat(119), fc.nat(255), (bytes, at, value) => {
        decodeNeighbourClaim(bytes);
        decodeNeighbourClaim(answer.with(at % answer.length, value));
      }),
    );
  });

  test('what it cannot ask is a mistake of ours', () => {
    expect(() => encodeNeighbourProbe({ ...asker, mac: new Uint8Array(8) }, asked)).toThrow('6 bytes');
    expect(() => encodeNeighbourProbe(asker, address('10.9.0.5'))).toThrow('IPv6');
  });
});
