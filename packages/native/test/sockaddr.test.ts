import { address, toHex } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { decodeSockAddr, sockAddrInet, sockAddrNetlink, sockAddrPacket, sockAddrUnix } from '../src/index.ts';

const mac = Uint8Array.of(0, 0, 0x5e, 0, 1, 51);

describe('a sockaddr has the bytes of the kernel', () => {
  test.each([
    // what               encoded                                     bytes
    ['inet', sockAddrInet(address('10.8.0.1')), '020000000a0800010000000000000000'],
    ['inet with a port', sockAddrInet(address('10.8.0.1'), 3784), '02000ec80a0800010000000000000000'],
    [
      'inet6 with a scope',
      sockAddrInet(address('fe80::1'), 0, 3),
      `0a00000000000000fe80${'0'.repeat(26)}0103000000`,
    ],
    ['netlink', sockAddrNetlink(7, 0x111), '100000000700000011010000'],
    ['packet', sockAddrPacket(0x0806, 4, mac), '1100080604000000000000'.concat('06', '00005e0001330000')],
    ['packet without a mac', sockAddrPacket(0x0003, 0), '110000030000000000000000'.padEnd(40, '0')],
    ['unix', sockAddrUnix('/dev/log'), '0100'.concat(Buffer.from('/dev/log\0').toString('hex'))],
    ['unix, abstract', sockAddrUnix('\0a'), '01000061'],
  ] as const)('%s', (_, encoded, bytes) => {
    expect(toHex(encoded)).toBe(bytes);
  });
});

describe('a sockaddr is read back', () => {
  test.each([
    [sockAddrInet(address('192.0.2.7'), 99), { family: 'inet', address: '192.0.2.7', port: 99 }],
    [sockAddrInet(address('fe80::2'), 1, 9), { family: 'inet6', address: 'fe80::2', port: 1, scopeId: 9 }],
    [sockAddrNetlink(0xffffffff, 0x80000000), { family: 'netlink', port: 0xffffffff, groups: 0x80000000 }],
    [
      sockAddrPacket(0x86dd, 5, mac),
      { family: 'packet', protocol: 0x86dd, index: 5, hardwareType: 0, packetType: 0, mac },
    ],
    [sockAddrUnix('/run/x'), { family: 'unix', path: '/run/x' }],
    [sockAddrUnix('\0x\0y'), { family: 'unix', path: '\0x\0y' }],
    [Uint8Array.of(1, 0), { family: 'unix', path: '' }],
  ] as const)('%#', (bytes, value) => {
    expect(decodeSockAddr(bytes)).toEqual(value);
  });
});

test.each([
  ['nothing', new Uint8Array(0)],
  ['half a family', Uint8Array.of(2)],
  ['an unknown family', Uint8Array.of(99, 0, 0, 0, 0, 0, 0, 0)],
  ['a short inet', sockAddrInet(address('10.8.0.1')).subarray(0, 7)],
  ['a short inet6', sockAddrInet(address('::1')).subarray(0, 23)],
  ['a short packet', sockAddrPacket(1, 1).subarray(0, 11)],
  ['a short netlink', sockAddrNetlink().subarray(0, 11)],
] as const)('%s is no sockaddr', (_, bytes) => {
  expect(decodeSockAddr(bytes)).toBeUndefined();
});

test('a socket path has at most 107 bytes', () => {
  expect(sockAddrUnix('a'.repeat(107))).toHaveLength(110);
  expect(() => sockAddrUnix('a'.repeat(108))).toThrow(RangeError);
});
