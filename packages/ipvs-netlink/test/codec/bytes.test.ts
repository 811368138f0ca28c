import { address, concatBytes, toHex } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { changeRequest, type IpvsRequest, requests } from '../../src/codec/request.ts';
import { type Server, type ServiceKey, server, service } from '../../src/index.ts';

const web: ServiceKey = { kind: 'address', protocol: 'tcp', address: address('10.9.0.100'), port: 80 };
const web6: ServiceKey = { kind: 'address', protocol: 'tcp', address: address('fd00::100'), port: 443 };
const dns: ServiceKey = { kind: 'address', protocol: 'udp', address: address('10.9.0.100'), port: 53 };
const mark: ServiceKey = { kind: 'fwmark', family: 6, mark: 7 };

const persistent = (mask: string, timeout: number) =>
  ({ timeout, granularity: { family: 4, mask: address(mask) } }) as const;
const add = (key: ServiceKey, text: string, port: number, rest: Partial<Server>): IpvsRequest =>
  changeRequest({ kind: 'add-server', service: key, server: server({ address: address(text), port }, rest) });

const webKey =
  '3000 0180 0600010002000000 0600020006000000 140003000a090064000000000000000000000000 0600040000500000';
const webHead = webKey.replace('3000', '5400');
const web6Key =
  '3000 0180 060001000a000000 0600020006000000 14000300fd000000000000000000000000000100 0600040001bb0000';

const cases: readonly (readonly [string, IpvsRequest, number, string])[] = [
  [
    'a service by address',
    changeRequest({ kind: 'add-service', service: service(web, 'wrr') }),
    1,
    `${webHead} 0800060077727200 0c00070000000000ffffffff 0800080000000000 08000900ffffffff`,
  ],
  [
    'one-packet, persistent for 60 s by /24',
    changeRequest({
      kind: 'add-service',
      service: service(dns, 'rr', { onePacket: true, persistence: persistent('255.255.255.0', 60) }),
    }),
    1,
    '5400 0180 0600010002000000 0600020011000000 140003000a090064000000000000000000000000 0600040000350000' +
      '0700060072720000 0c00070005000000ffffffff 080008003c000000 08000900ffffff00',
  ],
  [
    'scheduler flags and persistence over IPv6',
    changeRequest({
      kind: 'set-service',
      service: service(web6, 'mh', {
        schedulerFlags: { flag1: true, flag2: true, flag3: false },
        persistence: { timeout: 300, granularity: { family: 6, prefixLength: 64 } },
      }),
    }),
    2,
    `${web6Key.replace('3000', '5400')} 070006006d680000 0c00070019000000ffffffff 080008002c010000 0800090040000000`,
  ],
  [
    'a persistence engine',
    changeRequest({ kind: 'add-service', service: service(web, 'rr', { persistenceEngine: 'sip' }) }),
    1,
    `${webKey.replace('3000', '5c00')} 0700060072720000 08000b0073697000 0c00070000000000ffffffff 0800080000000000 08000900ffffffff`,
  ],
  [
    'a service by firewall mark over IPv6',
    changeRequest({ kind: 'add-service', service: service(mark, 'rr') }),
    1,
    '3800 0180 060001000a000000 0800050007000000 0700060072720000 0c00070000000000ffffffff 0800080000000000 0800090080000000',
  ],
  ['the deletion of a service', changeRequest({ kind: 'delete-service', service: web }), 3, webKey],
  [
    'a server behind NAT with thresholds',
    add(web, '10.9.1.1', 8080, { weight: 3, upperThreshold: 100, lowerThreshold: 50 }),
    5,
    `${webKey} 4800 0280 06000b0002000000 140001000a090101000000000000000000000000 060002001f900000` +
      '0800030000000000 0800040003000000 0800050064000000 0800060032000000',
  ],
  [
    'a GUE server of an IPv6 service over IPv4',
    add(web6, '10.9.1.4', 80, {
      forwarding: { method: 'TUN', tunnel: { type: 'gue', port: 6080, checksum: 'csum' } },
      weight: 2,
    }),
    5,
    `${web6Key} 6000 0280 06000b0002000000 140001000a090104000000000000000000000000 0600020000500000 0800030002000000` +
      '0800040002000000 0800050000000000 0800060000000000 05000d0001000000 06000e0017c00000 06000f0001000000',
  ],
  [
    'the deletion of a server',
    changeRequest({
      kind: 'delete-server',
      service: web,
      server: { address: address('10.9.1.2'), port: 80 },
    }),
    7,
    `${webKey} 2800 0280 06000b0002000000 140001000a090102000000000000000000000000 0600020000500000`,
  ],
  [
    'timeouts, two of three',
    requests.setTimeouts({ tcp: 1000, udp: 200 }),
    12,
    '08000400e8030000 08000600c8000000',
  ],
  [
    'a sync daemon with everything: its port is in host order',
    requests.startDaemon({
      role: 'backup',
      interface: 'v1',
      syncId: 34,
      maximumLength: 1400,
      group: address('224.0.0.90'),
      port: 8850,
      ttl: 2,
    }),
    9,
    '3c00 0380 0800010002000000 0700020076310000 0800030022000000 0600040078050000 08000500e000005a' +
      '0600070092220000 0500080002000000',
  ],
  [
    'the stop of a sync daemon',
    requests.stopDaemon('master', 33),
    10,
    '1400 0380 0800010001000000 0800030021000000',
  ],
  ['a flush', requests.flush, 17, ''],
];

test.each(cases)('%s goes as the kernel takes it', (_, request, command, expected) => {
  expect(request.command).toBe(command);
  expect(toHex(concatBytes(request.attributes))).toBe(expected.replaceAll(' ', ''));
});

test.each([
  ['a port over 65535', () => add(web, '10.9.1.1', 70_000, {})],
  ['half a weight', () => add(web, '10.9.1.1', 80, { weight: 0.5 })],
  ['a mark of 33 bits', () => requests.service({ kind: 'fwmark', family: 4, mark: 2 ** 32 })],
])('%s is refused rather than cut', (_, encode) => {
  expect(encode).toThrow(RangeError);
});
