import { address, type IpAddress, toHex } from '@holdfast/kit';
import { beforeAll, describe, expect, test } from 'vitest';
import { advertDatagrams } from '../../src/logic/transmit.ts';
import type { PortFailure } from '../../src/system/ports.ts';
import { instance, vip } from '../support/instance.ts';

/** A datagram as an end has heard it. */
export interface Heard {
  readonly interfaceName: string;
  readonly hex: string;
}

/** One router's wire. It may stand in another process, so all of it answers late. */
export interface WireEnd {
  /** @param group `undefined`: unicast */
  open(interfaceName: string, group: IpAddress | undefined): Promise<PortFailure | undefined>;
  close(interfaceName: string, group: IpAddress | undefined): Promise<void>;
  /** All in one `send`. @returns the failures, also those that a transport learns late */
  send(
    interfaceName: string,
    datagrams: readonly { readonly destination: IpAddress; readonly bytes: Uint8Array }[],
  ): Promise<readonly PortFailure[]>;
  /** Another program of this host joins a group on this interface. */
  strangerJoins(interfaceName: string, group: IpAddress): Promise<void>;
  /** What was heard since the last call: waits for so many, then a little for any beyond them. */
  heard(count: number): Promise<readonly Heard[]>;
}

/**
 * Two routers: `left` and `right` each have eth0 and eth1; the interfaces of one name see each other. Addresses:
 * left 10.90.0.1 and 10.90.1.1, right 10.90.0.2 and 10.90.1.2.
 */
export interface WirePair {
  readonly left: WireEnd;
  readonly right: WireEnd;
  /** Takes down eth1 on both sides, or up again. */
  setEth1(up: boolean): Promise<void>;
  end(): Promise<void>;
}

const group = address('224.0.0.18');
const otherGroup = address('224.0.0.99');
const leftAddress = address('10.90.0.1');
const rightAddress = address('10.90.0.2');

const advert = (identification: number, destination = group, ttl = 255) =>
  advertDatagrams(
    instance({
      multicastDestination: destination,
      virtualAddresses: [vip('10.90.0.200'), vip('10.90.0.201')],
      ...(destination === rightAddress
        ? {
            unicastPeers: [{ address: rightAddress, minTtl: undefined, maxTtl: undefined }],
            unicastTtl: ttl,
          }
        : {}),
    }),
    leftAddress,
    100,
    identification,
  );

/** What every wire does, whichever transport is below it. */
export function wireCompliance(name: string, makePair: () => Promise<WirePair>): void {
  describe(`a wire over ${name}`, () => {
    let pair: WirePair;
    beforeAll(async () => {
      pair = await makePair();
      return () => pair.end();
    });

    test('hears the group on its interface, byte by byte as it was sent', async () => {
      expect(await pair.left.open('eth0', group)).toBeUndefined();
      expect(await pair.right.open('eth0', group)).toBeUndefined();
      const sent = [...advert(1), ...advert(0x1234), ...advert(0xffff)];
      expect(await pair.left.send('eth0', sent)).toEqual([]);
      expect(await pair.right.heard(3)).toEqual(
        sent.map(({ bytes }) => ({ interfaceName: 'eth0', hex: toHex(bytes) })),
      );
    });

    test('does not hear itself', async () => {
      await pair.left.send('eth0', advert(2));
      expect(await pair.left.heard(0)).toEqual([]);
      expect(await pair.right.heard(1)).toHaveLength(1);
    });

    test('hears a group once, however often it was opened', async () => {
      expect(await pair.right.open('eth0', group)).toBeUndefined();
      await pair.left.send('eth0', advert(3));
      expect(await pair.right.heard(1)).toHaveLength(1);
    });

    test('hears no group that only somebody else on the host has joined, and those that it has opened', async () => {
      await pair.right.strangerJoins('eth0', otherGroup);
      await pair.left.send('eth0', advert(4, otherGroup));
      expect(await pair.right.heard(0)).toEqual([]);
      await pair.right.open('eth0', otherGroup);
      await pair.left.send('eth0', advert(5, otherGroup));
      expect(await pair.right.heard(1)).toHaveLength(1);
      await pair.right.close('eth0', otherGroup);
      await pair.left.send('eth0', [...advert(6, otherGroup), ...advert(7)]);
      expect(await pair.right.heard(1)).toHaveLength(1);
    });

    test('hears nothing of an interface that it has not opened, and tells two apart', async () => {
      await pair.left.open('eth1', group);
      await pair.left.send('eth1', advert(8));
      expect(await pair.right.heard(0)).toEqual([]);
      await pair.right.open('eth1', group);
      await pair.left.send('eth1', advert(9));
      await pair.left.send('eth0', advert(10));
      const names = (await pair.right.heard(2)).map(({ interfaceName }) => interfaceName);
      expect(names.toSorted()).toEqual(['eth0', 'eth1']);
    });

    test('hears unicast, with the TTL that was sent', async () => {
      await pair.right.open('eth0', undefined);
      const sent = advert(11, rightAddress, 7);
      expect(await pair.left.send('eth0', sent)).toEqual([]);
      expect(await pair.right.heard(1)).toEqual([
        { interfaceName: 'eth0', hex: toHex(sent[0]?.bytes ?? new Uint8Array()) },
      ]);
    });

    test('keeps a batch of 200 whole and in order', async () => {
      const sent = Array.from({ length: 200 }, (_, i) => advert(i + 1)).flat();
      expect(await pair.left.send('eth0', sent)).toEqual([]);
      expect((await pair.right.heard(200)).map(({ hex }) => hex)).toEqual(
        sent.map(({ bytes }) => toHex(bytes)),
      );
    });

    test('sends to the others while a peer is dead, whose packets wait for its hardware address', async () => {
      await pair.left.open('eth0', group);
      await pair.right.open('eth0', group);
      const dead = { destination: address('10.90.0.77'), bytes: advert(1)[0]?.bytes ?? new Uint8Array() };
      expect(await pair.left.send('eth0', Array(600).fill(dead))).toEqual([]);
      expect(await pair.left.send('eth0', advert(12))).toEqual([]);
      expect(await pair.right.heard(1)).toHaveLength(1);
    });

    test('is silent on an interface that was closed, until it is opened again', async () => {
      await pair.right.close('eth1', group);
      await pair.left.send('eth1', advert(12));
      expect(await pair.right.heard(0)).toEqual([]);
      await pair.right.open('eth1', group);
      await pair.left.send('eth1', advert(13));
      expect(await pair.right.heard(1)).toHaveLength(1);
    });

    test('names what it cannot open: no such interface', async () => {
      const failure = await pair.left.open('eth9', group);
      expect(failure).toMatchObject({ code: 'ENODEV', what: expect.stringContaining('eth9') });
    });

    test('names what it cannot send: an interface that was not opened', async () => {
      const failures = await pair.left.send('eth9', advert(14));
      expect(failures).toMatchObject([{ code: 'ENOTCONN', what: 'send to 224.0.0.18 on eth9' }]);
    });

    test('names what it cannot send: an interface that is down; and sends again when it is up', async () => {
      await pair.setEth1(false);
      const failures = await pair.left.send('eth1', [...advert(15), ...advert(16)]);
      expect(failures.map(({ what }) => what)).toEqual(Array(2).fill('send to 224.0.0.18 on eth1'));
      expect(['ENETUNREACH', 'ENETDOWN']).toContain(failures[0]?.code);
      await pair.setEth1(true);
      expect(await pair.left.send('eth1', advert(17))).toEqual([]);
      expect(await pair.right.heard(1)).toHaveLength(1);
    });
  });
}
