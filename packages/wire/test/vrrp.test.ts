import { address, fail, fromHex, ok, type Result, toHex } from '@holdfast/kit';
import {
  type Advert,
  type AdvertDefect,
  type ChecksumForm,
  type DecodedAdvert,
  decodeAdvert,
  decodeIpv4,
  encodeAdvert,
} from '@holdfast/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advert, endpoints } from './arbitraries.ts';
import { type AcceptedVector, acceptedVectors, droppedVectors } from './vectors.ts';

const wireDefects: readonly string[] = [
  'truncated',
  'bad-version',
  'bad-type',
  'length-mismatch',
  'bad-checksum',
] satisfies readonly AdvertDefect[];

describe('vectors', () => {
  test.each(acceptedVectors().map((vector) => [vector.id, vector] as const))('%s is read', (_, vector) => {
    expect(decodeWhole(vector.hex, vector.instance.version)).toEqual(
      ok({ advert: expectedAdvert(vector), checksum: vector.checksum }),
    );
  });

  test.each(
    acceptedVectors()
      .filter(({ id }) => id !== 'v3-reserved-bits')
      .map((vector) => [vector.id, vector] as const),
  )('%s is written byte by byte', (_, vector) => {
    const packet = decodeIpv4(fromHex(vector.hex));
    const written = encodeAdvert(expectedAdvert(vector), pseudoOf(vector));
    expect(packet.ok && toHex(packet.value.payload)).toBe(toHex(written));
  });

  test.each(
    droppedVectors()
      .filter(({ reason }) => wireDefects.includes(reason))
      .map((vector) => [vector.id, vector.reason, vector] as const),
  )('%s is refused: %s', (_, reason, vector) => {
    expect(decodeWhole(vector.hex, vector.instance.version)).toEqual(fail(reason));
  });
});

test('what was encoded decodes to the same, whichever form the checksum has', () => {
  fc.assert(
    fc.property(advert, endpoints, fc.boolean(), (value, ends, withPseudo) => {
      const message = encodeAdvert(value, withPseudo ? ends : undefined);
      const decoded = decodeAdvert(message, value.version, ends);
      expect(decoded.ok && decoded.value.advert).toEqual(value);
    }),
  );
});

test('no single flipped bit goes unnoticed where the checksum covers it', () => {
  fc.assert(
    fc.property(advert, endpoints, fc.nat(), (value, ends, where) => {
      const message = encodeAdvert(value, ends);
      const bit = where % (message.length * 8);
      message[bit >> 3] = (message[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const decoded = decodeAdvert(message, value.version, ends);
      expect(decoded.ok && decoded.value.checksum === 'pseudo-header').toBe(false);
    }),
  );
});

test('random bytes never throw', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(2 as const, 3 as const),
      endpoints,
      (bytes, version, ends) => {
        const decoded = decodeAdvert(bytes, version, ends);
        expect(decoded.ok || wireDefects.includes(decoded.error)).toBe(true);
      },
    ),
  );
});

test.each([
  [{ virtualRouterId: 256 }, 'virtual router id'],
  [{ priority: -1 }, 'priority'],
  [{ priority: 1.5 }, 'priority'],
  [{ advertCentiseconds: 4096 }, 'advertisement interval'],
  [{ addresses: Array(256).fill(address('192.0.2.1')) }, 'number of addresses'],
])('a field that does not fit is a mistake of ours: %o', (fields, what) => {
  const value: Advert = {
    version: 3,
    virtualRouterId: 1,
    priority: 1,
    advertCentiseconds: 1,
    addresses: [],
    ...fields,
  };
  expect(() => encodeAdvert(value, undefined)).toThrow(what);
});

function decodeWhole(hex: string, version: 2 | 3): Result<DecodedAdvert, string> {
  const packet = decodeIpv4(fromHex(hex));
  return packet.ok ? decodeAdvert(packet.value.payload, version, packet.value) : packet;
}

function expectedAdvert({ advert: value }: AcceptedVector): Advert {
  const { virtualRouterId, priority, authType = 0, authData = '', advertSeconds = 0 } = value;
  const addresses = value.addresses.map(address);
  if (value.version === 3) {
    return {
      version: 3,
      virtualRouterId,
      priority,
      addresses,
      advertCentiseconds: value.advertCentiseconds ?? 0,
    };
  }
  return {
    version: 2,
    virtualRouterId,
    priority,
    addresses,
    authType,
    authData: fromHex(authData),
    advertSeconds,
  };
}

function pseudoOf({ checksum, source, destination }: AcceptedVector) {
  const forms: Record<string, string | undefined> = {
    'pseudo-header': destination,
    'pseudo-header-of-group': '224.0.0.18',
  } satisfies Partial<Record<ChecksumForm, string>>;
  const covered = forms[checksum];
  return covered === undefined ? undefined : { source: address(source), destination: address(covered) };
}
