import { address, centiseconds, seconds, toHex } from '@holdfast/kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { receive } from '../../src/logic/receive.ts';
import { advertDatagrams, nextIdentification } from '../../src/logic/transmit.ts';
import { instance, vip } from '../support/instance.ts';

const us = address('10.0.0.2');
const peers = ['10.0.0.3', '10.0.0.4'].map((each) => ({
  address: address(each),
  minTtl: undefined,
  maxTtl: undefined,
}));

test.each([
  [
    'version 2',
    instance(),
    ['45c0002800010000ff70d0900a000002e000001221336401000170c10a0000090000000000000000'],
  ],
  [
    'a password',
    instance({ authentication: { type: 'pass', password: 'abc' } }),
    ['45c0002800010000ff70d0900a000002e0000012213364010101ab5e0a0000096162630000000000'],
  ],
  [
    'version 3',
    instance({ version: 3 }),
    ['45c0002000010000ff70d0980a000002e000001231336401006475cd0a000009'],
  ],
  [
    'version 3 as RFC 9568 has it',
    instance({ version: 3, checksumWithoutPseudoHeader: true }),
    ['45c0002000010000ff70d0980a000002e0000012313364010064605e0a000009'],
  ],
] as const)('an advert with %s is these bytes', (_, config, packets) => {
  expect(advertDatagrams(config, us, 100, 1).map(({ bytes }) => toHex(bytes))).toEqual(packets);
});

test('every unicast peer gets a copy of its own, with the TTL asked for', () => {
  const copies = advertDatagrams(instance({ unicastPeers: peers, unicastTtl: 9 }), us, 100, 7);
  expect(copies.map(({ destination, bytes }) => [destination, bytes[8], bytes[5]])).toEqual([
    ['10.0.0.3', 9, 7],
    ['10.0.0.4', 9, 7],
  ]);
});

test('what one router sends, its partner accepts', () => {
  const version = fc.constantFrom(2 as const, 3 as const);
  const password = fc.option(fc.string({ minLength: 1, maxLength: 12 }));
  const everything = fc.tuple(
    version,
    fc.integer({ min: 0, max: 255 }),
    fc.integer({ min: 1, max: 40 }),
    password,
    fc.boolean(),
    fc.boolean(),
    fc.integer({ min: 0, max: 20 }),
  );
  fc.assert(
    fc.property(everything, ([v, priority, interval, secret, asRfc9568, unicast, count]) => {
      const config = instance({
        version: v,
        advertInterval: v === 2 ? seconds(interval) : centiseconds(interval),
        authentication: v === 2 && secret !== null ? { type: 'pass', password: secret } : { type: 'none' },
        checksumWithoutPseudoHeader: asRfc9568,
        unicastPeers: unicast ? peers : [],
        virtualAddresses: Array.from({ length: count + v - 2 }, (_, i) => vip(`10.0.1.${i}`)),
      });
      for (const { bytes } of advertDatagrams(config, us, priority, 1)) {
        const context = { source: address('10.0.0.3'), priority: 100, master: undefined };
        const reception = receive(config, context, bytes);
        expect(reception).toMatchObject({ kind: 'accepted', notes: [] });
        expect(reception.kind === 'accepted' && reception.advert).toEqual({
          source: us,
          priority,
          advertInterval: config.advertInterval,
        });
      }
    }),
  );
});

test.each([
  [0, 1],
  [1, 2],
  [65534, 65535],
  [65535, 1],
])('after identification %i comes %i', (last, next) => {
  expect(nextIdentification(last)).toBe(next);
});
