import { decodeSockAddr, type NativeError, type Received } from '@holdfast/native';
import { decodeAcknowledgement } from '../codec/acknowledgement.ts';
import { decodeMessages, flag, type NetlinkMessage } from '../codec/message.ts';
import { batches } from './batches.ts';
import { type Kind, type Pending, pendingRequests } from './pending.ts';
import { sendBuffer, sizeInSend } from './send-buffer.ts';
import type { NetlinkAnswer, NetlinkRequest, NetlinkSocket } from './types.ts';

export const errno = { EINTR: 4, EBADF: 9, ENOBUFS: 105 } as const;

/** The kernel fills at most 32 KiB a read; 64 KiB is what netlink(7) recommends to be safe. */
const receiving = { batch: 32, size: 65_536 } as const;
/** Far more than the receive buffer holds; a bound all the same. */
const mostDrains = 64;

/** Numbered requests out, their answers back. */
export interface Exchange {
  /** Sends all within this call. @returns the answers in the order of the requests; never rejects */
  submit(kind: Kind, requests: readonly NetlinkRequest[]): Promise<readonly NetlinkAnswer[]>;
  /** What is open, and comes later, is answered with EBADF. */
  close(): void;
}

/** Takes over a bound socket. It keeps the process alive only while answers are due. */
export function exchange(socket: NetlinkSocket): Exchange {
  const pending = pendingRequests();
  const encode = sendBuffer();
  const numbers = sequenceNumbers();
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
  /**
   * Answers were lost (ENOBUFS). What is still queued is read first, in a later turn: this one is reading. The kernel
   * drops all answers, and does not say so again, until it is read to the end: so what was sent meanwhile ends too.
   */
  const onError = (error: NativeError): void => {
    pending.doubt();
    setImmediate(() => {
      if (isClosed) return;
      for (let round = 0; round < mostDrains && socket.drain() > 0; round++);
      pending.endAll(error.errno === errno.ENOBUFS ? 'silent' : error.errno);
      settle();
    });
  };
  /** One send, after which what the kernel has answered by then is read at once. */
  const transmit = (kind: Kind, requests: readonly NetlinkRequest[]): Promise<readonly NetlinkAnswer[]> => {
    const sent = { kind, first: numbers(requests.length), requests };
    const answers = pending.add(sent);
    try {
      socket.send([{ data: encode(kind, sent.first, requests) }]);
      socket.drain();
    } catch (error) {
      pending.end(sent, errnoOf(error));
    }
    settle();
    return answers;
  };

  socket.receive(receiving, onBatch, onError);
  socket.unref();
  return {
    submit: async (kind, requests) => {
      if (isClosed) return requests.map(() => closedAnswer);
      const sends = batches(requests, sizeInSend).map((batch) => transmit(kind, batch));
      return (await Promise.all(sends)).flat();
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      socket.close();
      pending.endAll(errno.EBADF);
    },
  };
}

const closedAnswer: NetlinkAnswer = {
  errno: errno.EBADF,
  text: 'the netlink socket is closed',
  messages: [],
};

/** 1 to 2^32 - 1, over and over, in rows without a gap: 0 is what the kernel's own messages carry. */
function sequenceNumbers(): (count: number) => number {
  let next = 1;
  return (count) => {
    const first = next + count > 0xffff_ffff ? 1 : next;
    next = first + count;
    return first;
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
