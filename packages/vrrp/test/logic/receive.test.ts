import { address, centiseconds, fromHex, micros } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { acceptedVectors, droppedVectors } from '../../../wire/test/vectors.ts';
import { dropReasons } from '../../src/logic/drop-reason.ts';
import { receive } from '../../src/logic/receive.ts';
import { advertDatagrams } from '../../src/logic/transmit.ts';
import { instance, vip } from '../support/instance.ts';
import { contextOf, instanceOf } from '../support/vectors.ts';

test.each(acceptedVectors().map((vector) => [vector.id, vector] as const))('%s is accepted', (_, vector) => {
  const { advert, instance: receiver } = vector;
  const interval =
    advert.version === 2
      ? micros(receiver.advertIntervalMicros)
      : centiseconds(advert.advertCentiseconds ?? 0);
  expect(receive(instanceOf(receiver), contextOf(receiver), fromHex(vector.hex))).toEqual({
    kind: 'accepted',
    advert: { source: vector.source, priority: advert.priority, advertInterval: interval },
    checksum: vector.checksum,
    notes: vector.notes,
  });
});

test.each(droppedVectors().map((vector) => [vector.id, vector.reason, vector] as const))(
  '%s is dropped: %s',
  (_, reason, vector) => {
    expect(receive(instanceOf(vector.instance), contextOf(vector.instance), fromHex(vector.hex))).toEqual({
      kind: 'dropped',
      reason,
    });
  },
);

test('every reason to drop has a vector', () => {
  const seen = new Set(droppedVectors().map(({ reason }) => reason));
  expect(dropReasons.filter((reason) => !seen.has(reason))).toEqual([]);
});

const sender = address('10.0.0.3');
const nothingKnown = { source: address('10.0.0.2'), priority: 100, master: undefined };
const [datagram = new Uint8Array()] = advertDatagrams(instance(), sender, 100, 1).map(({ bytes }) => bytes);

test.each([
  // skip_check_adv_addr   known master   strict   outcome
  [false, sender, false, 'noted'],
  [true, sender, false, 'not looked at'],
  [true, address('10.0.0.4'), false, 'noted'],
  [true, undefined, false, 'noted'],
  [true, sender, true, 'not looked at'],
  [true, undefined, true, 'dropped'],
  [false, sender, true, 'dropped'],
] as const)(
  'with skip_check_adv_addr %s and the master %s known, strict %s, another list is %s',
  (skip, master, strict, outcome) => {
    const config = instance({
      virtualAddresses: [vip('10.0.0.10')],
      skipCheckAdvertAddresses: skip,
      strict,
    });
    const reception = receive(config, { ...nothingKnown, master }, datagram);
    const seen =
      reception.kind === 'dropped' ? 'dropped' : reception.notes.length > 0 ? 'noted' : 'not looked at';
    expect(seen).toBe(outcome);
  },
);

test('an owner that has yielded hears adverts again', () => {
  const config = instance({ priority: 255, ownerIgnoreAdverts: true });
  expect(receive(config, { ...nothingKnown, priority: 255 }, datagram).kind).toBe('dropped');
  expect(receive(config, { ...nothingKnown, priority: 254 }, datagram).kind).toBe('accepted');
});

test('nothing of the datagram is changed or kept', () => {
  const bytes = datagram.slice();
  const reception = receive(instance(), nothingKnown, bytes);
  expect(bytes).toEqual(datagram);
  const before = structuredClone(reception);
  bytes.fill(0);
  expect(reception).toEqual(before);
});
