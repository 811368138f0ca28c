import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { address, centiseconds, fromHex } from '@holdfast/kit';
import { encodeGratuitousArp } from '@holdfast/wire';
import { afterAll, expect, test } from 'vitest';
import { advertDatagrams } from '../../packages/vrrp/src/logic/transmit.ts';
import { instance, vip } from '../../packages/vrrp/test/support/instance.ts';
import { describeWith } from '../support/requirements.ts';
import { LINKTYPE, pcapFile } from './support/pcap.ts';

const folder = mkdtempSync(join(tmpdir(), 'hf-packets-'));
afterAll(() => rmSync(folder, { recursive: true }));

const source = address('192.0.2.1');
const many = Array.from({ length: 255 }, (_, i) => vip(`198.51.100.${i}`));
const peer = { address: address('192.0.2.2'), minTtl: undefined, maxTtl: undefined };

describeWith({ tools: ['tshark'] }, 'tshark finds our packets well formed, with good checksums', () => {
  test.each([
    ['version 2', instance({}), {}],
    ['version 2 with a password', instance({ authentication: { type: 'pass', password: 'secret' } }), {}],
    ['version 2 without an address', instance({ virtualAddresses: [] }), {}],
    ['version 2 with 255 addresses', instance({ virtualAddresses: many }), {}],
    ['version 2 by unicast', instance({ unicastPeers: [peer] }), {}],
    ['version 3', instance({ version: 3 }), {}],
    ['version 3, 10 ms', instance({ version: 3, advertInterval: centiseconds(1) }), {}],
    ['version 3 with 255 addresses', instance({ version: 3, virtualAddresses: many }), {}],
    ['version 3 by unicast', instance({ version: 3, unicastPeers: [peer] }), {}],
    [
      'version 3 as RFC 9568 has it',
      instance({ version: 3, checksumWithoutPseudoHeader: true }),
      { 'vrrp.v3_checksum_as_in_v2': 'TRUE' },
    ],
  ] as const)('%s', (_, config, preferences) => {
    const priorities = [0, 1, 100, 254, 255];
    const packets = priorities.flatMap((priority, i) =>
      advertDatagrams(config, source, priority, i + 1).map(({ bytes }) => bytes),
    );
    const seen = dissect(LINKTYPE.IPV4, packets, vrrpFields, preferences);
    expect(seen).toEqual(
      priorities.map((priority, i) => ({
        'ip.checksum.status': '1',
        'ip.id': `0x${(i + 1).toString(16).padStart(4, '0')}`,
        'ip.ttl': '255',
        'vrrp.version': `${config.version}`,
        'vrrp.prio': `${priority}`,
        'vrrp.addr_count': `${config.virtualAddresses.length}`,
        'vrrp.checksum.status': '1',
        '_ws.malformed': '',
        '_ws.expert.message': '',
      })),
    );
  });

  test('gratuitous ARP', () => {
    const frame = encodeGratuitousArp({ mac: fromHex('02000a0b0c0d'), address: address('198.51.100.7') });
    expect(dissect(LINKTYPE.ETHERNET, [frame], arpFields, {})).toEqual([
      {
        'eth.dst': 'ff:ff:ff:ff:ff:ff',
        'arp.opcode': '1',
        'arp.isgratuitous': '1',
        'arp.src.hw_mac': '02:00:0a:0b:0c:0d',
        'arp.dst.proto_ipv4': '198.51.100.7',
        '_ws.malformed': '',
      },
    ]);
  });
});

const vrrpFields = [
  'ip.checksum.status',
  'ip.id',
  'ip.ttl',
  'vrrp.version',
  'vrrp.prio',
  'vrrp.addr_count',
  'vrrp.checksum.status',
  '_ws.malformed',
  '_ws.expert.message',
];
const arpFields = [
  'eth.dst',
  'arp.opcode',
  'arp.isgratuitous',
  'arp.src.hw_mac',
  'arp.dst.proto_ipv4',
  '_ws.malformed',
];

/** What tshark reads of these fields, packet by packet; '' where it has none. */
function dissect(
  linkType: number,
  packets: readonly Uint8Array[],
  fields: readonly string[],
  preferences: Readonly<Record<string, string>>,
): readonly Readonly<Record<string, string>>[] {
  const file = join(folder, 'packets.pcap');
  writeFileSync(file, pcapFile(linkType, packets));
  const options = Object.entries({ 'ip.check_checksum': 'TRUE', ...preferences }).flatMap(([name, value]) => [
    '-o',
    `${name}:${value}`,
  ]);
  const columns = fields.flatMap((field) => ['-e', field]);
  const text = execFileSync('tshark', ['-r', file, ...options, '-T', 'fields', ...columns], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t'))
    .map((values) => Object.fromEntries(fields.map((field, i) => [field, values[i] ?? ''])));
}
