import { concatBytes } from '@holdfast/kit';
import { sockAddrNetlink } from '@holdfast/native';
import { describe, expect, test } from 'vitest';
import {
  decodeMessages,
  encodeMessage,
  type NetlinkClient,
  type NetlinkSocket,
  netlinkClient,
} from '../src/index.ts';

const [error, done, data] = [2, 3, 40];
const [multi, dumpInterrupted] = [2, 0x10];

/** The bytes of an acknowledgement. */
const answer = (sequence: number, errno: number, type: number = error, flags = 0): Uint8Array => {
  const payload = new Uint8Array(20);
  new DataView(payload.buffer).setInt32(0, -errno, true);
  return encodeMessage({ type, flags, sequence, payload });
};
const dataFor = (sequence: number, value: number, flags = 0): Uint8Array =>
  encodeMessage({ type: data, flags, sequence, payload: Uint8Array.of(value, 0, 0, 0) });

interface Scripted {
  readonly client: NetlinkClient;
  /** The sequence numbers of each send. */
  readonly sends: number[][];
  readonly log: string[];
  deliver(bytes: Uint8Array, port?: number): void;
  lose(): void;
  refuseNextSend(): void;
}

/** A client on a socket whose other end is the test. @param respond what the kernel answers at once */
function scripted(respond: (sequence: number) => Uint8Array | undefined = () => undefined): Scripted {
  const sends: number[][] = [];
  const log: string[] = [];
  let refuse = false;
  let queue: Uint8Array[] = [];
  let onBatch: Parameters<NetlinkSocket['receive']>[1] = () => undefined;
  let onError: Parameters<NetlinkSocket['receive']>[2] = () => undefined;
  const deliver = (bytes: Uint8Array, port = 0): void =>
    onBatch([{ data: bytes, from: sockAddrNetlink(port), control: new Uint8Array(), truncated: false }]);
  const systemError = (
    code: string,
    errno: number,
  ): Error & { code: string; syscall: string; errno: number } =>
    Object.assign(new RangeError(code), { code, errno, syscall: 'recvmmsg' });
  const socket: NetlinkSocket = {
    send: (messages) => {
      if (refuse) {
        refuse = false;
        throw systemError('EMSGSIZE', 90);
      }
      for (const message of messages) {
        const sequences = decodeMessages(message.data).map(({ sequence }) => sequence);
        sends.push(sequences);
        queue.push(...sequences.map(respond).filter((bytes) => bytes !== undefined));
      }
      return messages.length;
    },
    receive: (_, batch, failed) => {
      onBatch = batch;
      onError = failed;
    },
    drain: () => {
      const there = queue;
      queue = [];
      for (const bytes of there) deliver(bytes);
      return there.length;
    },
    ref: () => log.push('ref'),
    unref: () => log.push('unref'),
    close: () => log.push('close'),
  };
  const client = netlinkClient(socket);
  return {
    client,
    sends,
    log,
    deliver,
    lose: () => onError(systemError('ENOBUFS', 105)),
    refuseNextSend: () => {
      refuse = true;
    },
  };
}

const request = { type: 20, payload: new Uint8Array(8) };
const errnos = (answers: readonly { readonly errno: number | 'silent' }[]): unknown =>
  answers.map(({ errno }) => errno);

describe('requests', () => {
  test('travel in one send and are answered in their order', async () => {
    const { client, sends } = scripted((sequence) => answer(sequence, sequence === 2 ? 17 : 0));
    expect(errnos(await client.request([request, request, request]))).toEqual([0, 17, 0]);
    expect(sends).toEqual([[1, 2, 3]]);
  });

  test('beyond 256, or 64 KiB, take several sends, all within the call', async () => {
    const { client, sends } = scripted((sequence) => answer(sequence, 0));
    const all = client.request(Array.from({ length: 520 }, () => request));
    expect(sends.map(({ length }) => length)).toEqual([256, 256, 8]);
    expect(await all).toHaveLength(520);
    const long = { type: 20, payload: new Uint8Array(20_000) };
    void client.request([long, long, long, long, long]);
    expect(sends.slice(3).map(({ length }) => length)).toEqual([3, 2]);
    void client.request([request, { type: 20, payload: new Uint8Array(70_000) }]);
    expect(sends.slice(5).map(({ length }) => length)).toEqual([1, 1]);
  });

  test('get the data before their acknowledgement, copied', async () => {
    const { client, deliver } = scripted();
    const asked = client.request([request, request]);
    const bytes = concatBytes(dataFor(1, 7), dataFor(1, 8), answer(1, 0), dataFor(2, 9));
    deliver(bytes);
    bytes.fill(0);
    deliver(answer(2, 0));
    const values = (await asked).map(({ messages }) => messages.map(({ payload }) => payload[0]));
    expect(values).toEqual([[7, 8], [9]]);
  });

  test('that the kernel passed over are done once the last of their send is answered', async () => {
    const { client, deliver } = scripted();
    const asked = client.request([request, request, request]);
    deliver(answer(2, 17));
    deliver(answer(3, 1));
    expect(errnos(await asked)).toEqual([0, 17, 1]);
  });

  test('that want an acknowledgement of their own and get none are silent', async () => {
    const { client, deliver } = scripted();
    const asked = client.request([{ ...request, acknowledged: true }, request, request]);
    deliver(answer(3, 0));
    expect(errnos(await asked)).toEqual(['silent', 0, 0]);
  });

  test('of a send whose last answer is missing are silent once a later send is answered', async () => {
    const { client, deliver } = scripted();
    const [first, second] = [client.request([request, request, request]), client.request([request])];
    deliver(answer(2, 17));
    deliver(answer(4, 0));
    expect(errnos(await first)).toEqual(['silent', 17, 'silent']);
    expect(errnos(await second)).toEqual([0]);
  });

  test('are not answered by another process, nor by an answer to nobody', async () => {
    const { client, deliver } = scripted();
    const asked = client.request([request]);
    deliver(answer(1, 1), 4711);
    deliver(answer(99, 1));
    deliver(answer(1, 0));
    expect(errnos(await asked)).toEqual([0]);
  });

  test('whose answers were lost are silent, those still queued are read first', async () => {
    const { client, deliver, lose } = scripted();
    const asked = client.request([request, request, request]);
    lose();
    deliver(answer(2, 17));
    expect(errnos(await asked)).toEqual(['silent', 17, 'silent']);
  });

  test('are not taken for done when answers were lost, though the last one came', async () => {
    const { client, deliver, lose } = scripted();
    const asked = client.request([request, request]);
    lose();
    deliver(answer(2, 0));
    expect(errnos(await asked)).toEqual(['silent', 0]);
  });

  test('that could not be sent carry the errno of the send', async () => {
    const { client, refuseNextSend } = scripted((sequence) => answer(sequence, 0));
    refuseNextSend();
    expect(errnos(await client.request([request, request]))).toEqual([90, 90]);
    expect(errnos(await client.request([request]))).toEqual([0]);
  });

  test('keep the process alive only while an answer is due', async () => {
    const { client, log, deliver } = scripted();
    expect(log).toEqual(['unref']);
    const asked = client.request([request]);
    expect(log.at(-1)).toBe('ref');
    deliver(answer(1, 0));
    await asked;
    expect(log.at(-1)).toBe('unref');
  });

  test('of a closed client are refused, the open ones too', async () => {
    const { client, log } = scripted();
    const [asked, listing] = [client.request([request]), client.dump(request)];
    await Promise.resolve();
    client.close();
    client.close();
    expect(errnos(await asked)).toEqual([9]);
    expect((await listing).errno).toBe(9);
    expect(errnos(await client.request([request]))).toEqual([9]);
    expect(log.filter((entry) => entry === 'close')).toHaveLength(1);
  });
});

describe('dumps', () => {
  /** A kernel whose nth dump answers with the nth of these flags, the errno of its end, and a value. */
  const dumping = (
    ...ends: readonly { readonly flags?: number; readonly doneFlags?: number; readonly errno?: number }[]
  ) =>
    scripted((sequence) => {
      const { flags = 0, doneFlags = 0, errno = 0 } = ends[Math.min(sequence, ends.length) - 1] ?? {};
      return concatBytes(
        dataFor(sequence, sequence, multi | flags),
        answer(sequence, errno, done, multi | doneFlags),
      );
    });

  test.each([
    ['that ran through are taken', [{}], 1, 0],
    [
      'that were interrupted are done again',
      [{ flags: dumpInterrupted }, { flags: dumpInterrupted }, {}],
      3,
      0,
    ],
    ['whose end alone says so are done again', [{ doneFlags: dumpInterrupted }, {}], 2, 0],
    ['that go on being interrupted end with EINTR', [{ flags: dumpInterrupted }], 10, 4],
    ['that fail are not repeated', [{ errno: 1 }, {}], 1, 1],
  ] as const)('%s', async (_, ends, attempts, errno) => {
    const { client, sends } = dumping(...ends);
    const { errno: got, messages } = await client.dump(request);
    expect([sends.length, got]).toEqual([attempts, errno]);
    expect(messages.map(({ payload }) => payload[0])).toEqual([attempts]);
  });

  test('wait for each other', async () => {
    const { client, sends, deliver } = scripted();
    const both = Promise.all([client.dump(request), client.dump(request)]);
    await Promise.resolve();
    expect(sends).toEqual([[1]]);
    deliver(answer(1, 0, done, multi));
    while (sends.length < 2) await Promise.resolve();
    deliver(answer(2, 0, done, multi));
    expect(errnos(await both)).toEqual([0, 0]);
  });

  test('are not ended by the answer to a request in between', async () => {
    const { client, deliver } = scripted();
    const listing = client.dump(request);
    await Promise.resolve();
    const asked = client.request([request]);
    deliver(dataFor(1, 5, multi));
    deliver(answer(2, 0));
    deliver(dataFor(1, 6, multi));
    deliver(answer(1, 0, done, multi));
    expect(errnos(await asked)).toEqual([0]);
    expect((await listing).messages.map(({ payload }) => payload[0])).toEqual([5, 6]);
  });
});
