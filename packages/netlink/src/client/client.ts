import { concatBytes } from '@holdfast/kit';
import { decodeSockAddr, type NativeError, type Received } from '@holdfast/native';
import { decodeAcknowledgement } from '../codec/acknowledgement.ts';
import { decodeMessages, encodeMessage, flag, type NetlinkMessage } from '../codec/message.ts';
import { batches } from './batches.ts';
import { pendingRequests } from './pending.ts';
import type { NetlinkAnswer, NetlinkClient, NetlinkRequest, NetlinkSocket } from './types.ts';

const errno = { EINTR: 4, EBADF: 9, ENOBUFS: 105 } as const;
/** Attempts at a dump of a table that goes on changing. */
const dumpAttempts = 10;
/** The kernel fills at most 32 KiB a read; 64 KiB is what netlink(7) recommends to be safe. */
const receiving = { batch: 32, size: 65_536 } as const;

/** A client on a bound socket, which it owns from now on. It keeps the process alive only while answers are due. */
export function netlinkClient(socket: NetlinkSocket): NetlinkClient {
  const pending = pendingRequests();
  let lastSequence = 0;
  let closed = false;
  let lastDump: Promise<unknown> = Promise.resolve();

  const settle = (): void => {
    if (closed) return;
    if (pending.size === 0) socket.unref();
    else socket.ref();
  };

  const onMessage = (message: NetlinkMessage): void => {
    const acknowledgement = decodeAcknowledgement(message);
    if (acknowledgement === undefined) {
      pending.data(message);
      return;
    }
    const { errno: failed, text } = acknowledgement;
    // The mark of a dump that is not consistent may stand on the last message alone.
    const interrupted = failed === 0 && (message.flags & flag.dumpInterrupted) !== 0;
    pending.acknowledge(message.sequence, { errno: interrupted ? errno.EINTR : failed, text });
  };

  const onBatch = (received: readonly Received[]): void => {
    for (const { data, from } of received) {
      // Any process may send to this socket's port; the kernel is port 0.
      const sender = decodeSockAddr(from);
      if (sender?.family === 'netlink' && sender.port === 0) decodeMessages(data).forEach(onMessage);
    }
    settle();
  };

  /** Answers were lost (ENOBUFS). What is still queued is read first, in a later turn: this one is reading. */
  const onError = (error: NativeError): void => {
    const affected = pending.sequences();
    setImmediate(() => {
      if (closed) return;
      socket.drain();
      pending.end(affected, error.errno === errno.ENOBUFS ? 'silent' : error.errno);
      settle();
    });
  };

  const nextSequence = (): number => {
    lastSequence = (lastSequence % 0xffff_ffff) + 1;
    return lastSequence;
  };

  /** Sends what fits into one send, and reads at once what the kernel has answered by then. */
  const transmit = (encoded: readonly Uint8Array[], sequences: readonly number[]): void => {
    try {
      socket.send([{ data: concatBytes(...encoded) }]);
      socket.drain();
    } catch (error) {
      pending.end(sequences, errnoOf(error));
    }
    settle();
  };

  const request = (requests: readonly NetlinkRequest[]): Promise<readonly NetlinkAnswer[]> => {
    if (closed) return Promise.resolve(requests.map(() => closedAnswer));
    const numbered = requests.map(({ type, flags = 0, payload }) => {
      const sequence = nextSequence();
      const bytes = encodeMessage({ type, flags: flags | flag.request | flag.ack, sequence, payload });
      return { sequence, bytes, answer: pending.add(sequence, 'request') };
    });
    for (const batch of batches(numbered, ({ bytes }) => bytes.length)) {
      transmit(
        batch.map(({ bytes }) => bytes),
        batch.map(({ sequence }) => sequence),
      );
    }
    return Promise.all(numbered.map(({ answer }) => answer));
  };

  const dumpOnce = async ({ type, flags = 0, payload }: NetlinkRequest): Promise<NetlinkAnswer> => {
    if (closed) return closedAnswer;
    const sequence = nextSequence();
    const answer = pending.add(sequence, 'dump');
    transmit(
      [encodeMessage({ type, flags: flags | flag.request | flag.dump, sequence, payload })],
      [sequence],
    );
    const { errno: failed, text, messages } = await answer;
    const interrupted =
      failed === 0 && messages.some(({ flags: marks }) => (marks & flag.dumpInterrupted) !== 0);
    return { errno: interrupted ? errno.EINTR : failed, text, messages };
  };

  const dump = async (wanted: NetlinkRequest): Promise<NetlinkAnswer> => {
    let answer = await dumpOnce(wanted);
    for (let attempt = 1; attempt < dumpAttempts && isWorthRepeating(answer); attempt++) {
      answer = await dumpOnce(wanted);
    }
    return answer;
  };

  socket.receive(receiving, onBatch, onError);
  socket.unref();

  return {
    request,
    dump: (wanted) => {
      // The kernel runs one dump a socket and refuses a second one with EBUSY.
      const answer = lastDump.then(() => dump(wanted));
      lastDump = answer;
      return answer;
    },
    close: () => {
      if (closed) return;
      closed = true;
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

const isWorthRepeating = (answer: NetlinkAnswer): boolean =>
  answer.errno === errno.EINTR || answer.errno === 'silent';

/** The errno of a refused send; anything else is a bug and goes on its way. */
function errnoOf(error: unknown): number {
  if (error instanceof Error && 'errno' in error && typeof error.errno === 'number') return error.errno;
  throw error;
}
