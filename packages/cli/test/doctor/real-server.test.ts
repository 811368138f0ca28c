import { address } from '@holdfast/kit';
import { expect, test } from 'vitest';
import type { Listener } from '../../src/doctor/facts.ts';
import { commandOf, undoOf } from '../../src/doctor/real-server/commands.ts';
import type { RealServerFacts } from '../../src/doctor/real-server/facts.ts';
import { judgeRealServer } from '../../src/doctor/real-server/judge.ts';
import { link, on } from './machine.ts';

const quiet = new Map([
  ['net.ipv4.conf.all.arp_ignore', 1],
  ['net.ipv4.conf.all.arp_announce', 2],
]);
const web = (ip: string): Listener => ({
  protocol: 'tcp',
  address: address(ip),
  port: 80,
  program: undefined,
});

const server = (changes: Partial<RealServerFacts> = {}): RealServerFacts => ({
  virtual: [address('10.9.0.5')],
  ports: [],
  links: [link('lo', 1), link('eth0', 2), link('dummy0', 3, { noArp: true })],
  addresses: [on(1, '127.0.0.1/8'), on(1, '10.9.0.5/32'), on(2, '10.9.0.7/24')],
  sysctls: quiet,
  listeners: [],
  daemons: [],
  ...changes,
});

const judged = (facts: RealServerFacts) =>
  judgeRealServer(facts).map(({ finding, steps }) => [finding.code, steps.map(commandOf)]);

const remove = 'ip address delete 10.9.0.5/24 dev';
const add = 'ip address add 10.9.0.5/32 dev lo';
const ignore = 'sysctl -w net.ipv4.conf.all.arp_ignore=1';
const announce = 'sysctl -w net.ipv4.conf.all.arp_announce=2';

test.each<readonly [string, Partial<RealServerFacts>, readonly (readonly [string, readonly string[]])[]]>([
  ['nothing', {}, []],
  ['the address on a dummy interface', { addresses: [on(3, '10.9.0.5/32')] }, []],
  [
    'everything',
    { addresses: [], sysctls: new Map() },
    [
      ['arp-ignore', [ignore]],
      ['arp-announce', [announce]],
      ['virtual-address-missing', [add]],
    ],
  ],
  [
    'the address on the LAN',
    { addresses: [on(2, '10.9.0.5/24')] },
    [['virtual-address-on-lan', [`${remove} eth0`, add]]],
  ],
  [
    'the address on the LAN as well',
    { addresses: [on(1, '10.9.0.5/32'), on(2, '10.9.0.5/24')] },
    [['virtual-address-on-lan', [`${remove} eth0`]]],
  ],
  [
    'the address of a running daemon, which is left alone',
    { addresses: [on(2, '10.9.0.5/24')], daemons: [{ pid: 9, kind: 'holdfast' }] },
    [['virtual-address-on-lan', []]],
  ],
  [
    'a whole network on lo',
    { addresses: [on(1, '10.9.0.5/24')] },
    [['virtual-address-wide', [`${remove} lo`, add]]],
  ],
  [
    'settings of the interface instead of all',
    {
      sysctls: new Map([
        ['net.ipv4.conf.eth0.arp_ignore', 1],
        ['net.ipv4.conf.eth0.arp_announce', 1],
      ]),
    },
    [['arp-announce', [announce]]],
  ],
  [
    'IPv6, where ARP is not asked',
    { virtual: [address('2001:db8::5')], addresses: [on(1, '2001:db8::5/128')], sysctls: new Map() },
    [],
  ],
  ['a service for itself', { listeners: [web('127.0.0.1')] }, [['loopback-listener', []]]],
  ['a service for itself and for all', { listeners: [web('127.0.0.1'), web('0.0.0.0')] }, []],
  ['a service for itself and for the address', { listeners: [web('127.0.0.1'), web('10.9.0.5')] }, []],
  [
    'a service that was not asked for',
    { listeners: [web('127.0.0.1'), { ...web('0.0.0.0'), port: 81 }], ports: [81] },
    [],
  ],
  ['no service', { ports: [80] }, [['no-listener', []]]],
])('a real server with %s', (_, changes, expected) => {
  expect(judged(server(changes))).toEqual(expected);
});

test('what was done is undone by the opposite', () => {
  const added = { kind: 'add', address: address('10.9.0.5'), prefixLength: 32, interface: 'lo' } as const;
  expect(undoOf(added, undefined)).toBe('ip address delete 10.9.0.5/32 dev lo');
  expect(undoOf({ ...added, kind: 'delete' }, undefined)).toBe(add);
  expect(undoOf({ kind: 'sysctl', name: 'net.ipv4.conf.all.arp_announce', value: 2 }, 1)).toBe(
    'sysctl -w net.ipv4.conf.all.arp_announce=1',
  );
});
