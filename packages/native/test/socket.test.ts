import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import {
  AF,
  decodeSockAddr,
  loadAddon,
  type NativeSocket,
  type Received,
  type ReceiveOptions,
  SO,
  SOCK,
  SOL,
  sockAddrUnix,
} from '../src/index.ts';

const addon = loadAddon();
const open: NativeSocket[] = [];
let count = 0;

afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

function socket(): NativeSocket {
  const made = new addon.Socket(AF.UNIX, SOCK.DGRAM, 0);
  open.push(made);
  return made;
}

const freshName = (): Uint8Array => sockAddrUnix(`\0holdfast-test-${process.pid}-${count++}`);

/** A bound receiver, and what it got so far (copied). */
function receiver(options: ReceiveOptions = {}): {
  readonly socket: NativeSocket;
  readonly name: Uint8Array;
  readonly batches: (readonly Received[])[];
  readonly arrived: () => Promise<void>;
} {
  const made = socket();
  const name = freshName();
  made.bind(name);
  const batches: (readonly Received[])[] = [];
  let wake = (): void => undefined;
  made.receive(
    options,
    (messages) => {
      batches.push(
        messages.map((message) => ({ ...message, data: message.data.slice(), from: message.from.slice() })),
      );
      wake();
    },
    (error) => {
      throw error;
    },
  );
  const arrived = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  return { socket: made, name, batches, arrived };
}

const texts = (batches: readonly (readonly Received[])[]): string[] =>
  batches.flatMap((batch) => batch.map(({ data }) => Buffer.from(data).toString()));
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

describe('receiving', () => {
  test('delivers in order, in batches, with the sender', async () => {
    const { name, batches, arrived } = receiver({ batch: 4 });
    const sender = socket();
    const own = freshName();
    sender.bind(own);
    const all = Array.from({ length: 6 }, (_, i) => ({ data: bytes(`m${i}`), to: name }));
    expect(sender.send(all)).toBe(6);
    await arrived();
    await arrived();
    expect(batches.map((batch) => batch.length)).toEqual([4, 2]);
    expect(texts(batches)).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm5']);
    expect(batches[0]?.[0]?.from).toEqual(own);
    expect(batches[0]?.[0]?.control).toHaveLength(0);
  });

  test('marks a message that did not fit', async () => {
    const { name, batches, arrived } = receiver({ size: 4 });
    socket().send([
      { data: bytes('12345'), to: name },
      { data: bytes('1234'), to: name },
    ]);
    await arrived();
    expect(batches[0]?.map(({ truncated }) => truncated)).toEqual([true, false]);
    expect(texts(batches)).toEqual(['1234', '1234']);
  });

  test('drain() reads what is there at once, and never inside a batch', () => {
    const { socket: receiving, name, batches } = receiver({ batch: 2 });
    socket().send(['a', 'b', 'c'].map((text) => ({ data: bytes(text), to: name })));
    expect(receiving.drain()).toBe(3);
    expect(texts(batches)).toEqual(['a', 'b', 'c']);
    expect(receiving.drain()).toBe(0);

    const nested = socket();
    const nestedName = freshName();
    nested.bind(nestedName);
    const inside: number[] = [];
    nested.receive(
      { batch: 1 },
      () => inside.push(nested.drain()),
      () => undefined,
    );
    socket().send(['a', 'b'].map((text) => ({ data: bytes(text), to: nestedName })));
    expect(nested.drain()).toBe(2);
    expect(inside).toEqual([0, 0]);
  });

  test('a socket may be closed by its own handler', () => {
    const closing = socket();
    const name = freshName();
    closing.bind(name);
    let calls = 0;
    closing.receive(
      { batch: 1 },
      () => {
        calls++;
        closing.close();
      },
      () => undefined,
    );
    socket().send(['a', 'b'].map((text) => ({ data: bytes(text), to: name })));
    expect(closing.drain()).toBe(1);
    expect([calls, closing.fd]).toEqual([1, -1]);
  });

  test('is started once', () => {
    const { socket: receiving } = receiver();
    expect(() =>
      receiving.receive(
        {},
        () => undefined,
        () => undefined,
      ),
    ).toThrow(/receiving already/);
  });
});

describe('refusals', () => {
  const refused = (call: () => unknown): unknown => {
    try {
      call();
    } catch (error) {
      return error;
    }
    return undefined;
  };
  test.each([
    ['an unknown family', () => new addon.Socket(99, 1, 0), 'EAFNOSUPPORT', 'socket', 97],
    [
      'an address nobody has',
      () => socket().send([{ data: bytes('x'), to: freshName() }]),
      'ECONNREFUSED',
      'sendmmsg',
      111,
    ],
    ['an unknown option', () => socket().setOption(SOL.SOCKET, 9999, 1), 'ENOPROTOOPT', 'setsockopt', 92],
    [
      'a filter without instructions',
      () => socket().attachFilter(new Uint8Array(0)),
      'EINVAL',
      'setsockopt',
      22,
    ],
    ['a descriptor that is not open', () => addon.adoptSocket(9999), 'EBADF', 'fcntl', 9],
    [
      'no such process for a signal',
      () => addon.watchSignals([9], () => undefined),
      'EINVAL',
      'sigaction',
      22,
    ],
  ] as const)('%s carries code, syscall and errno', (_, call, code, syscall, errno) => {
    expect(refused(call)).toMatchObject({ code, syscall, errno, message: expect.stringContaining(code) });
  });

  test('a closed socket refuses further calls and takes a second close', () => {
    const closed = socket();
    closed.close();
    closed.close();
    expect(refused(() => closed.bind(freshName()))).toMatchObject({ code: 'EBADF' });
    expect(closed.drain()).toBe(0);
  });

  test('sending stops at the first message that fails and tells how many went out', () => {
    const { name } = receiver();
    const sent = socket().send([
      { data: bytes('a'), to: name },
      { data: bytes('b'), to: freshName() },
      { data: bytes('c'), to: name },
    ]);
    expect(sent).toBe(1);
  });
});

describe('descriptors', () => {
  const cloexec = 0o2000000;
  const nonblock = 0o4000;
  const flags = (fd: number): number =>
    Number.parseInt(/flags:\s+(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '0', 8);

  test('are close-on-exec and non-blocking, the adopted ones too', () => {
    const made = socket();
    expect(flags(made.fd) & (cloexec | nonblock)).toBe(cloexec | nonblock);
    const adopted = addon.adoptSocket(made.fd);
    expect(adopted.fd).toBe(made.fd);
    expect(flags(adopted.fd) & cloexec).toBe(cloexec);
  });

  test('of a hundred sockets and timers are all closed again', () => {
    const before = readdirSync('/proc/self/fd').length;
    for (let i = 0; i < 100; i++) {
      const { socket: receiving } = receiver();
      const timer = new addon.Timer(() => undefined);
      timer.arm(addon.monotonicMicros() + 1e9);
      receiving.close();
      timer.close();
    }
    expect(readdirSync('/proc/self/fd')).toHaveLength(before);
  });
});

test('options, the bound name and a filter reach the kernel', async () => {
  const { socket: made, name, batches, arrived } = receiver();
  made.setOption(SOL.SOCKET, SO.RCVBUF, 8192);
  expect(new DataView(made.getOption(SOL.SOCKET, SO.RCVBUF, 4).buffer).getInt32(0, true)).toBe(16384);
  expect(decodeSockAddr(made.localAddress())).toEqual(decodeSockAddr(name));
  // Classic BPF: load the first byte; 'b' passes whole, anything else not at all.
  made.attachFilter(
    Uint8Array.from(
      [
        [0x30, 0, 0, 0, 0, 0, 0, 0],
        [0x15, 0, 0, 1, 0x62, 0, 0, 0],
        [0x06, 0, 0, 0, 0xff, 0xff, 0, 0],
        [0x06, 0, 0, 0, 0, 0, 0, 0],
      ].flat(),
    ),
  );
  const sender = socket();
  sender.connect(name);
  try {
    sender.send([{ data: bytes('a') }]);
  } catch {
    // An AF_UNIX sender may be told that the filter took its message.
  }
  sender.send([{ data: bytes('b') }]);
  await arrived();
  expect(texts(batches)).toEqual(['b']);
});

describe('a released descriptor', () => {
  test('goes on without its socket, whose calls fail from then on', () => {
    const { socket: receiving, name } = receiver();
    const fd = receiving.release();
    expect(receiving.fd).toBe(-1);
    receiving.close();
    const other = addon.adoptSocket(fd);
    open.push(other);
    expect(other.localAddress()).toEqual(name);
    expect(() => receiving.localAddress()).toThrow('EBADF');
    expect(() => receiving.release()).toThrow('EBADF');
  });
});
