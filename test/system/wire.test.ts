import { execFileSync } from 'node:child_process';
import { address, fromHex } from '@holdfast/kit';
import { decodeGratuitousArp } from '@holdfast/wire';
import { afterEach, describe, expect, test } from 'vitest';
import { type Heard, wireCompliance } from '../../packages/vrrp/test/compliance/wire.ts';
import { describeWith, whatIsMissing } from '../support/requirements.ts';
import { type NamespacePair, namespacePair } from './support/wire-pair.ts';

const group = address('224.0.0.18');
const transports =
  whatIsMissing({ rawSocket: true }) === undefined
    ? (['native', 'raw-socket'] as const)
    : (['native'] as const);

describeWith({ rawSocket: true }, 'the optional transport', () => {
  test('is there, and held against the same suite', () => expect(transports).toContain('raw-socket'));
});
const goodbyes = ['4500001400010000ff7000000a5a0001e0000012', '4500001400020000ff7000000a5a0001e0000012'];
const withoutRawSockets = ['setpriv', '--bounding-set', '-net_raw', '--inh-caps', '-net_raw'];

describeWith({ root: true, tools: ['ip', 'setpriv'] }, 'real sockets between two network namespaces', () => {
  for (const transport of transports) wireCompliance(transport, () => namespacePair(transport));

  describe('beyond what the suite asks', () => {
    let pair: NamespacePair | undefined;
    afterEach(() => pair?.end());

    test.each(transports)(
      'with %s, a program started later inherits no descriptor of ours',
      async (transport) => {
        pair = await namespacePair(transport);
        // Some are handed down by whoever started the tests; 3 is the folder that `ls` reads.
        const before = await pair.left.ask<readonly string[]>({ kind: 'descriptors' });
        await pair.left.open('eth0', group);
        await pair.left.open('eth1', undefined);
        const after = await pair.left.ask<readonly string[]>({ kind: 'descriptors' });
        expect(after.filter((each) => !before.includes(each))).toEqual([]);
      },
    );

    test.each(transports)(
      'with %s, what was sent leaves though the process ends in the same turn',
      async (transport) => {
        pair = await namespacePair(transport);
        const { left, right } = pair;
        await left.open('eth0', group);
        await right.open('eth0', group);
        const datagrams = goodbyes.map((hex) => ({ destination: group, hex }));
        await expect(left.ask({ kind: 'send-and-end', interfaceName: 'eth0', datagrams })).rejects.toThrow(
          'has ended',
        );
        expect((await right.heard(2)).length).toBe(2);
      },
    );

    test.each(transports)(
      'with %s, what arrived during a stall is handed over by a drain, before the loop turns',
      async (transport) => {
        pair = await namespacePair(transport);
        const { left, right } = pair;
        await left.open('eth0', group);
        await right.open('eth0', group);
        const drained = right.ask<number>({ kind: 'stall-and-drain', milliseconds: 500 });
        const sent = goodbyes.map((hex) => ({ destination: group, bytes: fromHex(hex) }));
        expect(await left.send('eth0', sent)).toEqual([]);
        expect(await drained).toBe(2);
        // The loop, which was told of them too, finds nothing more and calls that no failure.
        expect((await right.heard(2)).length).toBe(2);
        expect(await right.send('eth0', [])).toEqual([]);
      },
    );

    test.each(transports)('with %s, a missing right is named with its remedy', async (transport) => {
      pair = await namespacePair(transport, withoutRawSockets);
      expect(await pair.left.open('eth0', group)).toEqual({
        what: 'open a raw socket for protocol 112 on eth0',
        code: 'EPERM',
        remedy: expect.stringContaining('CAP_NET_RAW'),
      });
    });

    test.each(transports)(
      'with %s, an interface that vanishes is named, and closed in peace',
      async (transport) => {
        pair = await namespacePair(transport);
        await pair.left.open('eth1', group);
        execFileSync('ip', ['-n', pair.left.namespace, 'link', 'del', 'eth1']);
        const datagram = { destination: group, bytes: fromHex('4500001400010000ff7000000a5a0101e0000012') };
        const failures = await pair.left.send('eth1', [datagram]);
        expect(failures).toMatchObject([{ code: 'ENODEV', remedy: expect.stringContaining('gone') }]);
        await pair.left.close('eth1', group);
      },
    );

    test('gratuitous ARP reaches the neighbours, in order; other links than Ethernet are named', async () => {
      pair = await namespacePair('native');
      const { left, right } = pair;
      await right.ask({ kind: 'watch-arp', interfaceName: 'eth0' });
      const addresses = ['10.90.0.200', '10.90.0.201', '10.90.0.200', '10.90.0.201'].map(address);
      const mac = '02000a0b0c0d';
      const order = { kind: 'announce', interfaceName: 'eth0', addresses } as const;
      expect(await left.ask({ ...order, mac })).toEqual([]);
      const frames = await right.heard(addresses.length);
      expect(frames.map(({ hex }: Heard) => decodeGratuitousArp(fromHex(hex)))).toEqual(
        addresses.map((each) => ({ ok: true, value: { mac: fromHex(mac), address: each } })),
      );
      expect(await left.ask({ ...order, addresses: addresses.slice(0, 1), mac: '' })).toMatchObject([
        { code: 'EAFNOSUPPORT' },
      ]);
    });
  });
});
