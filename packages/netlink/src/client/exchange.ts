import { concatBytes } from '@holdfast/kit';
import { decodeSockAddr, type NativeError, type Received } from '@holdfast/native';
import { decodeAcknowledgement } from '../codec/acknowledgement.ts';
import { decodeMessages, encodeMessage, flag, type NetlinkMessage } from '../codec/message.ts';
import { batches } from './batches.ts';
import { type Kind, type Pending, pendingRequests } from './pending.ts';
import type { NetlinkAnswer, NetlinkRequest, NetlinkSocket } from './types.ts';

export const errno = { EINTR: 4, EBADF: 9, ENOBUFS: 105 } as const;

/** The kernel fills at most 32 KiB a read; 64 KiB is what netlink(7) recommends to be safe. */
const receiving = { batch: 32, size: 65_536 } as const;

/** Numbered requests out, their answers back. */
export interface Exchange {
  /** Sends all within this call. @returns one promise a request; none rejects */
  submit(kind: Kind, requests: readonly NetlinkRequest[]): readonly Promise<NetlinkAnswer>[];
  /** What is open, and comes later, is answered with EBADF. */
  close(): void;
}

/** Takes over a bound socket. It keeps the process alive only while answers are due. */
export function exchange(socket: NetlinkSocket): Exchange {
  const pending = pendingRequests();
  const nextSequence = sequenceNumbers();
  let isClosed = false;

  const settle = (): void => {
    if (isClosed) return;
    if (pending.size === 0) socket.unref();
    else socket.ref();
  };
  const onBatch = (received: readonly Received[]): void => {
    for (const message of fromKernel(received)) takeIn(pending, message);
    settle();
  };
  /** Answers were lost (ENOBUFS). What is still queued is read first, in a later turn: this one is reading. */
  const onError = (error: NativeError): void => {
    const affected = pending.sequences();
    setImmediate(() => {
      if (isClosed) return;
      socket.drain();
      pending.end(affected, error.errno === errno.ENOBUFS ? 'silent' : error.errno);
      settle();
    });
  };
  /** One send, after which what the kernel has answered by then is read at once. */
  const transmit = (numbered: readonly Numbered[]): void => {
    try {
      socket.send([{ data: concatBytes(...numbered.map(({ bytes }) => bytes)) }]);
      socket.drain();
    } catch (error) {
      pending.end(
        numbered.map(({ sequence }) => sequence),
        errnoOf(error),
      );
    }
    settle();
  };

  socket.receive(receiving, onBatch, onError);
  socket.unref();
  return {
    submit: (kind, requests) => {
      if (isClosed) return requests.map(() => Promise.resolve(closedAnswer));
      const numbered = requests.map((request) => number(request, kind, nextSequence()));
      const answers = numbered.map(({ sequence }) => pending.add(sequence, kind));
      for (const batch of batches(numbered, ({ bytes }) => bytes.length)) transmit(batch);
      return answers;
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      socket.close();
      pending.end(pending.sequences(), errno.EBADF);
    },
  };
}

const closedAnswer: NetlinkAnswer = {
  errno: errno.EBADF,
  text: 'the netlink socket is closed',
  messages: [],
};

interface Numbered {
  readonly sequence: number;
  readonly bytes: Uint8Array;
}

function number({ type, flags = 0, payload }: NetlinkRequest, kind: Kind, sequence: number): Numbered {
  const wanted = flags | flag.request | (kind === 'dump' ? flag.dump : flag.ack);
  return { sequence, bytes: encodeMessage({ type, flags: wanted, sequence, payload }) };
}

/** 1 to 2^32 - 1, over and over: 0 is what the kernel's own messages carry. */
function sequenceNumbers(): () => number {
  let last = 0;
  return () => {
    last = (last % 0xffff_ffff) + 1;
    return last;
  };
}

/** Any process may send to this socket's port; the kernel is port 0. */
export function* fromKernel(received: readonly Received[]): Generator<NetlinkMessage> {
  for (const { data, from } of received) {
    const sender = decodeSockAddr(from);
    if (sender?.family === 'netlink' && sender.port === 0) yield* decodeMessages(data);
  }
}

function takeIn(pending: Pending, message: NetlinkMessage): void {
  const acknowledgement = decodeAcknowledgement(message);
  if (acknowledgement === undefined) {
    pending.data(message);
    return;
  }
  // The mark of a dump that is not consistent may stand on its end alone.
  const isInterrupted = acknowledgement.errno === 0 && (message.flags & flag.dumpInterrupted) !== 0;
  pending.acknowledge(message.sequence, isInterrupted ? { errno: errno.EINTR, text: '' } : acknowledgement);
}

/** The errno of a refused send; anything else is a bug and goes on its way. */
function errnoOf(error: unknown): number {
  if (error instanceof Error && 'errno' in error && typeof error.errno === 'number') return error.errno;
  throw error;
}
