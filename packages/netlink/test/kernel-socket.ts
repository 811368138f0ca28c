import { sockAddrNetlink } from '@holdfast/native';
import {
  decodeMessages,
  encodeMessage,
  flag,
  type NetlinkMessage,
  type NetlinkSocket,
} from '../src/index.ts';

export interface KernelSocket extends NetlinkSocket {
  /** The requests that were carried out or refused, in their order. */
  readonly worked: readonly NetlinkMessage[];
  readonly lost: number;
}

/**
 * The kernel's end of a netlink socket. It works a send off within the call; an error is always answered, success only
 * where NLM_F_ACK asks for it. Once answers do not fit, all are lost until the queue has been read to its end; the
 * first loss alone is reported, before anything else is read.
 *
 * @param errnoOf what becomes of the nth request; 'interrupted' has no answer
 * @param room answers that the receive buffer holds
 */
export function kernelSocket(
  errnoOf: (nth: number) => number | 'interrupted',
  room = Number.POSITIVE_INFINITY,
): KernelSocket {
  const worked: NetlinkMessage[] = [];
  let queue: Uint8Array[] = [];
  let isCongested = false;
  let isLossDue = false;
  let lost = 0;
  let onBatch: Parameters<NetlinkSocket['receive']>[1] = () => undefined;
  let onError: Parameters<NetlinkSocket['receive']>[2] = () => undefined;
  const tell = (bytes: Uint8Array): void => {
    if (queue.length < room && !isCongested) {
      queue.push(bytes);
      return;
    }
    lost++;
    isLossDue ||= !isCongested;
    isCongested = true;
  };
  const work = (request: NetlinkMessage): void => {
    const errno = errnoOf(worked.length);
    worked.push(request);
    const isAnswered = errno !== 'interrupted' && (errno !== 0 || (request.flags & flag.ack) !== 0);
    if (isAnswered) tell(acknowledgement(request.sequence, errno));
  };
  const read = (): number => {
    if (isLossDue) {
      isLossDue = false;
      onError(Object.assign(new RangeError('ENOBUFS'), { code: 'ENOBUFS', errno: 105, syscall: 'recvmmsg' }));
      return 0;
    }
    const batch = queue.slice(0, readAtOnce);
    queue = queue.slice(readAtOnce);
    if (queue.length === 0) isCongested = false;
    if (batch.length > 0) onBatch(batch.map(fromKernel));
    return batch.length;
  };
  return {
    worked,
    get lost() {
      return lost;
    },
    send: (messages) => {
      for (const { data } of messages) for (const request of decodeMessages(data)) work(request);
      return messages.length;
    },
    receive: (_, batch, failed) => {
      onBatch = batch;
      onError = failed;
    },
    drain: () => {
      let total = 0;
      for (let count = readAtOnce; count === readAtOnce; total += count) count = read();
      return total;
    },
    ref: () => undefined,
    unref: () => undefined,
    close: () => undefined,
  };
}

const readAtOnce = 32;

const fromKernel = (data: Uint8Array) => ({
  data,
  from: sockAddrNetlink(0),
  control: new Uint8Array(),
  truncated: false,
});

function acknowledgement(sequence: number, errno: number): Uint8Array {
  const payload = new Uint8Array(20);
  new DataView(payload.buffer).setInt32(0, -errno, true);
  return encodeMessage({ type: 2, flags: 0, sequence, payload });
}
