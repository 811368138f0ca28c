import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VrrpInstance } from '@holdfast/config';
import { address, centiseconds, fromHex } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { describeWith } from '../../../../test/support/requirements.ts';
import { sharedFolder } from '../../../../test/support/shared-folder.ts';
import { type Reception, receive } from '../../src/logic/receive.ts';
import { instance, vip } from '../support/instance.ts';

interface ReferenceVector {
  readonly id: string;
  readonly family: 4 | 6;
  readonly hex: string;
  readonly verdict: 'accept' | 'drop';
  readonly reason?: string;
  readonly decoded?: {
    readonly priority: number;
    readonly source: string;
    readonly advert_int_cs: number;
  };
  readonly context: {
    readonly vrid: number;
    readonly version: 2 | 3;
    readonly auth_type: number;
    readonly auth_pass?: string;
    readonly advert_int_cs: number;
    readonly vips: readonly string[];
    readonly unicast_peer?: readonly string[];
    readonly own_address?: string;
    readonly reported?: string;
  };
}

const shared = sharedFolder();
const vectors: readonly ReferenceVector[] =
  shared === undefined
    ? []
    : JSON.parse(readFileSync(join(shared, 'reference/vrrp-vectors.json'), 'utf8')).vectors;

/** IPv6 is another family, type 2 another protocol. */
const concerned = vectors.filter(({ family, context }) => family === 4 && context.auth_type !== 2);

/** Where our names of reasons are finer. */
const alsoCalled: Readonly<Record<string, string>> = { 'v2-auth-type-unknown': 'auth-type-unknown' };

describeWith({ shared: true }, 'reference vectors', () => {
  test('there are as many as there should be', () => {
    expect(concerned.length).toBeGreaterThanOrEqual(50);
  });

  test.each(concerned.map((vector) => [vector.id, vector.verdict, vector] as const))(
    'reference vector %s: %s',
    (id, _, vector) => {
      const reception = receiveVector(vector);
      if (vector.verdict === 'drop') {
        expect(reception).toEqual({ kind: 'dropped', reason: alsoCalled[id] ?? vector.reason });
      } else {
        expect(reception).toMatchObject({
          kind: 'accepted',
          advert: {
            source: vector.decoded?.source,
            priority: vector.decoded?.priority,
            advertInterval: centiseconds(vector.decoded?.advert_int_cs ?? 0),
          },
        });
        const listDiffers = reception.kind === 'accepted' && reception.notes.includes('address-list-differs');
        expect(listDiffers).toBe(vector.context.reported === 'address-mismatch');
      }
    },
  );

  test.each(
    vectors
      .filter(({ family, context }) => family === 4 && context.auth_type === 2)
      .map((vector) => [vector.id, vector] as const),
  )('reference vector %s, an authentication header, is dropped by that name', (_, vector) => {
    expect(receiveVector(vector)).toEqual({ kind: 'dropped', reason: 'authentication-header' });
  });
});

function receiveVector({ hex, context }: ReferenceVector): Reception {
  const source = context.own_address === undefined ? undefined : address(context.own_address);
  return receive(receiverOf(context), { source, priority: 100, master: undefined }, fromHex(hex));
}

function receiverOf(context: ReferenceVector['context']): VrrpInstance {
  const { auth_type, auth_pass = '', unicast_peer: peers = [] } = context;
  return instance({
    version: context.version,
    virtualRouterId: context.vrid,
    advertInterval: centiseconds(context.advert_int_cs),
    virtualAddresses: context.vips.map((each) => vip(each)),
    authentication: auth_type === 1 ? { type: 'pass', password: auth_pass } : { type: 'none' },
    unicastPeers: peers.map((each) => ({ address: address(each), minTtl: undefined, maxTtl: undefined })),
    checkUnicastSource: true,
  });
}
