import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flag, type NetlinkRequest, netlinkClient } from '../src/index.ts';
import { kernelSocket } from './kernel-socket.ts';

const request: NetlinkRequest = { type: 20, payload: new Uint8Array(8) };
const requests = (count: number): readonly NetlinkRequest[] => Array.from({ length: count }, () => request);
const anErrno = fc.constantFrom(0, 0, 0, 0, 17, 2, 22);

describe('of a send only the last request is acknowledged, and every outcome is known', () => {
  test.each([
    ['all are done', []],
    ['the first is refused', [0]],
    ['one in the middle is refused', [100]],
    ['the last is refused', [199]],
    ['first, middle and last are refused', [0, 100, 199]],
    ['all are refused', [...Array(200).keys()]],
  ])('when %s', async (_, refused: readonly number[]) => {
    const expected = Array.from({ length: 200 }, (_, i) => (refused.includes(i) ? 17 : 0));
    const socket = kernelSocket((nth) => expected[nth] ?? 0);
    const answers = await netlinkClient(socket).request(requests(200));
    expect(answers.map(({ errno }) => errno)).toEqual(expected);
    const acknowledged = socket.worked.map(({ flags }) => (flags & flag.ack) !== 0);
    expect(acknowledged.lastIndexOf(true)).toBe(199);
    expect(acknowledged.indexOf(true)).toBe(199);
  });

  test('whatever is refused of whatever many calls', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anErrno, { maxLength: 300, size: 'max' }), { maxLength: 4 }),
        async (calls) => {
          const all = calls.flat();
          const client = netlinkClient(kernelSocket((nth) => all[nth] ?? 0));
          const answers = await Promise.all(calls.map((call) => client.request(requests(call.length))));
          expect(answers.flat().map(({ errno }) => errno)).toEqual(all);
        },
      ),
      { numRuns: 50 },
    ));

  test('but one that is ended without a word, if it asked for one', async () => {
    const socket = kernelSocket((nth) => (nth === 1 ? 'interrupted' : 0));
    const answers = await netlinkClient(socket).request([
      { ...request, acknowledged: true },
      { ...request, acknowledged: true },
      request,
      request,
    ]);
    expect(answers.map(({ errno }) => errno)).toEqual([0, 'silent', 0, 0]);
  });
});

describe('answers that the receive buffer could not hold', () => {
  const all = fc.array(anErrno, { minLength: 1, maxLength: 600, size: 'max' });

  test('leave what they were about silent, and nothing is taken for done that was not', () =>
    fc.assert(
      fc.asyncProperty(all, all, fc.integer({ min: 1, max: 40 }), async (first, second, room) => {
        const errnos = [...first, ...second];
        const socket = kernelSocket((nth) => errnos[nth] ?? 0, room);
        const client = netlinkClient(socket);
        // The second call is made while the loss of the first has not been dealt with.
        const answers = await Promise.all([
          client.request(requests(first.length)),
          client.request(requests(second.length)),
        ]);
        const got = answers.flat().map(({ errno }) => errno);
        const wrong = got.filter((errno, i) => errno !== 'silent' && errno !== errnos[i]);
        expect(wrong).toEqual([]);
        expect(got.includes('silent')).toBe(socket.lost > 0);
        const after = await client.request(requests(3));
        expect(after.map(({ errno }) => errno)).toEqual([0, 0, 0]);
      }),
      { numRuns: 100 },
    ));
});
