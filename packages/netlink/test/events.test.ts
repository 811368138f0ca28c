import { address } from '@holdfast/kit';
import { type Received, sockAddrNetlink } from '@holdfast/native';
import { expect, test } from 'vitest';
import { encodeMessage, type NetlinkSocket } from '../src/index.ts';
import { encodeAddress } from '../src/route/address.ts';
import { watchEvents } from '../src/route/events.ts';

const added = (last: number, port = 0): Received => ({
  data: encodeMessage({
    type: 20,
    flags: 0,
    sequence: 0,
    payload: encodeAddress({ index: 3, address: address(`10.8.0.${last}`), prefixLength: 32 }),
  }),
  from: sockAddrNetlink(port, 0x10),
  control: new Uint8Array(),
  truncated: false,
});

const lost = Object.assign(new RangeError('ENOBUFS'), { code: 'ENOBUFS', errno: 105, syscall: 'recvmmsg' });

/** Watches a socket whose queue the test fills; what is told is written down. */
function watching(queue: Received[]): {
  readonly told: string[];
  readonly deliver: (messages: readonly Received[]) => void;
  readonly lose: () => void;
} {
  const told: string[] = [];
  let onBatch: Parameters<NetlinkSocket['receive']>[1] = () => undefined;
  let onError: Parameters<NetlinkSocket['receive']>[2] = () => undefined;
  const socket: Pick<NetlinkSocket, 'receive' | 'drain'> = {
    receive: (_, batch, failed) => {
      onBatch = batch;
      onError = failed;
    },
    drain: () => {
      const there = queue.splice(0, 2);
      if (there.length > 0) onBatch(there);
      return there.length;
    },
  };
  watchEvents(
    socket,
    (event) => told.push(event.kind === 'address' ? event.address.address : event.kind),
    () => told.push('lost'),
  );
  return { told, deliver: (messages) => onBatch(messages), lose: () => onError(lost) };
}

const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('events are told in their order, those of other processes not at all', () => {
  const { told, deliver } = watching([]);
  deliver([added(1), added(66, 4711), added(2)]);
  expect(told).toEqual(['10.8.0.1', '10.8.0.2']);
});

test('a loss is told once, after what was still queued: that is older than the list which follows', async () => {
  const { told, lose } = watching([added(1), added(2), added(3)]);
  lose();
  lose();
  expect(told).toEqual([]);
  await aTurn();
  expect(told).toEqual(['10.8.0.1', '10.8.0.2', '10.8.0.3', 'lost']);
  lose();
  await aTurn();
  expect(told.at(-1)).toBe('lost');
  expect(told).toHaveLength(5);
});
