import { address, fromHex, toHex } from '@holdfast/kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  attribute,
  decodeAcknowledgement,
  decodeMessages,
  encodeMessage,
  failureLine,
  nest,
  readAttributes,
  readText,
  readU8,
  readU32,
  text,
  u8,
  u16,
  u32,
} from '../src/index.ts';
import { decodeAddress, encodeAddress, encodeAddressKey } from '../src/route/address.ts';
import { decodeEvent } from '../src/route/events.ts';
import { allLinks, decodeLink } from '../src/route/link.ts';

const createExclusive = 0x605;
const claim = { index: 3, address: address('10.8.0.100'), prefixLength: 32 };
const six = { index: 3, address: address('fd08::100'), prefixLength: 128 };

describe('requests have the bytes that Linux was seen to accept', () => {
  test.each([
    [
      'an IPv4 /32',
      { type: 20, flags: 0x505, sequence: 1, payload: encodeAddress(claim) },
      '280000001400050501000000000000000220000003000000080002000a080064080001000a080064',
    ],
    [
      'broadcast, label, no prefix route, mark',
      {
        type: 20,
        flags: createExclusive,
        sequence: 5,
        payload: encodeAddress({
          index: 3,
          address: address('10.8.0.101'),
          prefixLength: 24,
          broadcast: address('10.8.0.255'),
          label: 'v1:vip',
          noPrefixRoute: true,
          protocol: 18,
        }),
      },
      '4c0000001400050605000000000000000218000003000000080002000a080065080001000a080065080004000a0800ff0b00030076313a7669700000080008000002000005000b0012000000',
    ],
    [
      'a peer',
      {
        type: 20,
        flags: createExclusive,
        sequence: 7,
        payload: encodeAddress({
          ...claim,
          address: address('10.8.0.103'),
          peer: { address: address('10.99.0.1'), prefixLength: 32 },
        }),
      },
      '280000001400050607000000000000000220000003000000080002000a080067080001000a630001',
    ],
    [
      'IPv6 without DAD, no prefix route, deprecated, marked',
      {
        type: 20,
        flags: createExclusive,
        sequence: 14,
        payload: encodeAddress({ ...six, noPrefixRoute: true, deprecated: true, protocol: 18 }),
      },
      '50000000140005060e000000000000000a8000000300000014000200fd08000000000000000000000000010008000800020200001400060000000000ffffffff000000000000000005000b0012000000',
    ],
    [
      'the deletion of an IPv4 address',
      {
        type: 21,
        flags: 5,
        sequence: 0x16b,
        payload: encodeAddressKey({ ...claim, index: 4, prefixLength: 24 }),
      },
      '28000000150005006b010000000000000218000004000000080002000a080064080001000a080064',
    ],
    [
      'the deletion of an IPv6 address',
      { type: 21, flags: 5, sequence: 21, payload: encodeAddressKey({ ...six, protocol: 9, label: 'x' }) },
      '2c0000001500050015000000000000000a8000000300000014000200fd080000000000000000000000000100',
    ],
    [
      'all links without statistics',
      { type: 18, flags: 0x301, sequence: 2, payload: allLinks() },
      `28000000120001030200000000000000${'00'.repeat(16)}08001d0008000000`,
    ],
  ] as const)('%s', (_, message, bytes) => {
    expect(toHex(encodeMessage(message))).toBe(bytes);
  });
});

describe('acknowledgements are read', () => {
  test.each([
    [
      'a refusal with the request echoed whole and a text',
      '58000000020000020200000092100000efffffff200000001400050602000000000000000220000003000000080002000a08006423000100697076343a204164647265737320616c72656164792061737369676e65640000',
      { errno: 17, text: 'ipv4: Address already assigned' },
    ],
    [
      'another one',
      '500000000200000212000000921000009dffffff200000001500050012000000000000000220000003000000080002000a0800641c000100697076343a2041646472657373206e6f7420666f756e6400',
      { errno: 99, text: 'ipv4: Address not found' },
    ],
    [
      'a refusal without a text',
      '40000000020000002400000092100000fdffffff2c00000019000500240000000000000002180000fe12ff0000000000080001000a3200000800060032000000',
      { errno: 3, text: '' },
    ],
    [
      'a success',
      '240000000200000100000000921000000000000020000000100005000100000000000000',
      { errno: 0, text: '' },
    ],
    [
      'a refusal whose echo is capped, with a text',
      '2e0000000200000300000000921000009dffffff2000000015000500120000000000000007000100787900',
      { errno: 99, text: 'xy' },
    ],
    ['the end of a dump', '14000000030002000100000092100000fcffffff', { errno: 4, text: '' }],
    ['an empty end of a dump', '10000000030002000100000092100000', { errno: 0, text: '' }],
  ] as const)('%s', (_, bytes, expected) => {
    const [message] = decodeMessages(padded(bytes));
    expect(message && decodeAcknowledgement(message)).toEqual(expected);
  });

  test('any other message is none', () => {
    expect(
      decodeAcknowledgement({ type: 20, flags: 0, sequence: 1, port: 0, payload: new Uint8Array(40) }),
    ).toBeUndefined();
  });
});

/** The length in the header rules; the example may be cut at its end. */
function padded(hex: string): Uint8Array {
  const bytes = fromHex(hex);
  new DataView(bytes.buffer).setUint32(0, bytes.length, true);
  return bytes;
}

describe('addresses are read', () => {
  const payload = (hex: string): Uint8Array => fromHex(hex);
  test.each([
    [
      'of IPv6, deprecated and marked',
      '0a8000000300000014000200fd080000000000000000000000000100080008000202000005000b0012000000',
      {
        index: 3,
        address: 'fd08::100',
        prefixLength: 128,
        scope: 0,
        secondary: false,
        tentative: false,
        protocol: 18,
      },
    ],
    [
      'with a peer: the local one',
      '02200000030000000800010' + '00a6300010800020' + '00a080067',
      {
        index: 3,
        address: '10.8.0.103',
        prefixLength: 32,
        scope: 0,
        secondary: false,
        tentative: false,
        protocol: 0,
      },
    ],
    [
      'secondary, by the flags of the header',
      '021801fd04000000080001000a080064',
      {
        index: 4,
        address: '10.8.0.100',
        prefixLength: 24,
        scope: 253,
        secondary: true,
        tentative: false,
        protocol: 0,
      },
    ],
    [
      'temporary of IPv6, which is not secondary, and tentative',
      '0a40c1fd0200000014000100fe800000000000000000000000000001',
      {
        index: 2,
        address: 'fe80::1',
        prefixLength: 64,
        scope: 253,
        secondary: false,
        tentative: true,
        protocol: 0,
      },
    ],
    [
      'of IPv6 whose detection failed',
      '0a4088000200000014000100fd080000000000000000000000000001',
      {
        index: 2,
        address: 'fd08::1',
        prefixLength: 64,
        scope: 0,
        secondary: false,
        tentative: true,
        protocol: 0,
      },
    ],
    [
      'optimistic, which may be used',
      '0a4044000200000014000100fd080000000000000000000000000001',
      {
        index: 2,
        address: 'fd08::1',
        prefixLength: 64,
        scope: 0,
        secondary: false,
        tentative: false,
        protocol: 0,
      },
    ],
  ] as const)('%s', (_, bytes, expected) => {
    expect(decodeAddress(payload(bytes))).toEqual(expected);
  });

  test.each([
    ['cut short', '02200000030000'],
    ['without an address', '0220000003000000'],
    ['with an address of the wrong length', '022000000300000014000200fd080000000000000000000000000001'],
    ['of another family', '1c20000003000000080002000a080064'],
  ] as const)('but not one %s', (_, bytes) => {
    expect(decodeAddress(payload(bytes))).toBeUndefined();
  });
});

describe('links are read', () => {
  // Flags UP, BROADCAST, RUNNING, MULTICAST; name v1, MTU 1500, a MAC.
  const bytes =
    '0000010003000000431001000000000007000300763100000800040' + '0dc0500000a0001000200000000010000';
  test('with name, flags, MTU and hardware address', () => {
    expect(decodeLink(fromHex(bytes))).toEqual({
      index: 3,
      name: 'v1',
      adminUp: true,
      running: true,
      loopback: false,
      multicast: true,
      noArp: false,
      mtu: 1500,
      mac: Uint8Array.of(2, 0, 0, 0, 0, 1),
    });
  });
  test.each([
    ['up without RUNNING', '03100100', { adminUp: true, running: false }],
    ['LOWER_UP without RUNNING', '03100100', { running: false }],
    ['loopback', '49000000', { loopback: true, multicast: false, running: true }],
    ['without ARP', 'c1000000', { noArp: true }],
    ['down', '02100000', { adminUp: false }],
  ] as const)('%s', (_, flags, expected) => {
    expect(decodeLink(fromHex(bytes.slice(0, 16) + flags + bytes.slice(24)))).toMatchObject(expected);
  });
  test('a bridge speaking of its port (family 7) is no link', () => {
    expect(decodeLink(fromHex(`07${bytes.slice(2)}`))).toBeUndefined();
    expect(decodeLink(fromHex(bytes.slice(0, 30)))).toBeUndefined();
    expect(decodeLink(fromHex(bytes.slice(0, 32)))).toBeUndefined();
  });
  test('an event of a type that is not watched is none', () => {
    const message = { flags: 0, sequence: 0, port: 0, payload: fromHex(bytes) };
    expect(decodeEvent({ ...message, type: 17 })).toEqual({ kind: 'link-gone', index: 3, name: 'v1' });
    expect(decodeEvent({ ...message, type: 24 })).toBeUndefined();
  });
});

describe('attributes', () => {
  test('have the bytes of rtnetlink(7)', () => {
    const all = [
      u8(11, 18),
      u16(6, 0x1c),
      u32(3, 1),
      text(2, 'IPVS'),
      attribute(1, Uint8Array.of(1, 2, 3, 4, 5)),
    ];
    expect(all.map(toHex)).toEqual([
      '05000b0012000000',
      '060006001c000000',
      '0800030001000000',
      '090002004950565300000000',
      '090001000102030405000000',
    ]);
    expect(toHex(nest(18, u8(1, 2), u8(3, 4)))).toBe('140012800500010002000000'.concat('0500030004000000'));
  });
  test('are read by type without the nest bit, the last of equal ones', () => {
    const read = readAttributes(
      fromHex('0500010001000000'.concat('0500010002000000', '0c00128005000100', '09000000')),
    );
    expect(readU8(read.get(1))).toBe(2);
    expect(readU8(readAttributes(read.get(18) ?? new Uint8Array()).get(1))).toBe(9);
    expect([readU32(read.get(1)), readU32(undefined), readText(undefined)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([readText(Buffer.from('ab\0c')), readText(Buffer.from('ab'))]).toEqual(['ab', 'ab']);
  });
  test('a length that cannot be ends the list', () => {
    expect([...readAttributes(fromHex('0500010001000000'.concat('03000200'))).keys()]).toEqual([1]);
    expect([...readAttributes(fromHex('0500010001000000'.concat('0900020001000000'))).keys()]).toEqual([1]);
  });
});

test('any bytes are read without failing, and messages are read as they were written', () => {
  const message = fc.record({
    type: fc.nat(0xffff),
    flags: fc.nat(0xffff),
    sequence: fc.nat(0xffff_ffff),
    payload: fc.uint8Array({ maxLength: 40 }),
  });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 4 }), (messages) => {
      const bytes = Buffer.concat(messages.map(encodeMessage));
      expect(decodeMessages(bytes).map((each) => ({ ...each, payload: [...each.payload] }))).toEqual(
        messages.map((each) => ({ ...each, port: 0, payload: [...each.payload] })),
      );
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      for (const each of decodeMessages(bytes)) decodeAcknowledgement(each);
      decodeAddress(bytes);
      decodeLink(bytes);
    }),
  );
});

test('a failure is one line that says what, why and in the words of the kernel', () => {
  const failure = { request: 'add address 10.8.0.1/32 to interface 7', code: 'ENODEV', errno: 19, text: '' };
  expect(failureLine(failure)).toBe('add address 10.8.0.1/32 to interface 7 failed: ENODEV');
  expect(failureLine({ ...failure, text: 'Device not found' })).toMatch(/ENODEV \(Device not found\)$/);
});
