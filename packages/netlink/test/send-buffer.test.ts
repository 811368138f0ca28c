import { concatBytes } from '@holdfast/kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sendBuffer, sizeInSend } from '../src/client/send-buffer.ts';
import { encodeMessage, flag, type NetlinkRequest } from '../src/index.ts';

/** Few bytes, or more than the memory has at first. */
const bytes = (most: number) => fc.nat(most).map((length) => new Uint8Array(length).fill(7));
const request: fc.Arbitrary<NetlinkRequest> = fc.record(
  {
    type: fc.integer({ min: 16, max: 60_000 }),
    flags: fc.constantFrom(flag.create, flag.create | flag.excl),
    header: fc.constantFrom(Uint8Array.of(5, 1, 0, 0), new Uint8Array(8).fill(9)),
    payload: fc.oneof(bytes(60), bytes(40_000)),
    acknowledged: fc.constant(true as const),
  },
  { requiredKeys: ['type', 'payload'] },
);

/** What a send should be, each message made by itself. */
const expected = (first: number, requests: readonly NetlinkRequest[]): Uint8Array =>
  concatBytes(
    ...requests.map(({ type, flags = 0, header = new Uint8Array(), payload, acknowledged }, place) => {
      const isAcknowledged = acknowledged === true || place === requests.length - 1;
      return encodeMessage({
        type,
        flags: flags | flag.request | (isAcknowledged ? flag.ack : 0),
        sequence: first + place,
        payload: concatBytes(header, payload),
      });
    }),
  );

test('a send is its messages one behind the other, whatever was sent from the same memory before', () => {
  fc.assert(
    fc.property(fc.array(fc.array(request, { minLength: 1, maxLength: 5 }), { minLength: 1 }), (sends) => {
      const encode = sendBuffer();
      for (const [i, requests] of sends.entries()) {
        const encoded = encode('request', 1000 * i + 1, requests);
        expect(Buffer.compare(encoded, expected(1000 * i + 1, requests))).toBe(0);
        expect(requests.reduce((sum, each) => sum + sizeInSend(each), 0)).toBe(encoded.length);
      }
    }),
  );
});

test('a dump asks for no acknowledgement', () => {
  const payload = Uint8Array.of(1, 2, 3, 4);
  expect(sendBuffer()('dump', 7, [{ type: 18, payload }])).toEqual(
    encodeMessage({ type: 18, flags: flag.request | flag.dump, sequence: 7, payload }),
  );
});
