import type { Received } from '@holdfast/native';
import { fromKernel } from '../client/exchange.ts';
import type { NetlinkSocket } from '../client/types.ts';
import type { NetlinkMessage } from '../codec/message.ts';
import type { LinkEvent } from '../types.ts';
import { decodeAddress } from './address.ts';
import { message } from './constants.ts';
import { decodeLink } from './link.ts';

/** Far more than the receive buffer holds; a bound all the same. */
const mostDrains = 64;

/**
 * Reads events from a socket that is subscribed to the groups.
 *
 * The kernel reports lost events as ENOBUFS (other errors are treated alike). Those still queued are older than the
 * list that the caller will ask for, so they are read to the end before `onLost` is called.
 */
export function watchEvents(
  socket: Pick<NetlinkSocket, 'receive' | 'drain'>,
  onEvent: (event: LinkEvent) => void,
  onLost: () => void,
): void {
  let isLost = false;
  const onBatch = (received: readonly Received[]): void => {
    for (const message of fromKernel(received)) {
      const event = decodeEvent(message);
      if (event !== undefined) onEvent(event);
    }
  };
  const onError = (): void => {
    if (isLost) return;
    isLost = true;
    setImmediate(() => {
      // Another loss on the way is covered by the same list.
      for (let round = 0; round < mostDrains && socket.drain() > 0; round++);
      isLost = false;
      onLost();
    });
  };
  socket.receive({ batch: 32, size: 16_384 }, onBatch, onError);
}

/** @returns `undefined` for messages that tell of nothing this program watches */
export function decodeEvent({ type, payload }: NetlinkMessage): LinkEvent | undefined {
  switch (type) {
    case message.newLink: {
      const link = decodeLink(payload);
      return link && { kind: 'link', link };
    }
    case message.deleteLink: {
      const link = decodeLink(payload);
      return link && { kind: 'link-gone', index: link.index, name: link.name };
    }
    case message.newAddress: {
      const address = decodeAddress(payload);
      return address && { kind: 'address', address };
    }
    case message.deleteAddress: {
      const address = decodeAddress(payload);
      return address && { kind: 'address-gone', address };
    }
    default:
      return undefined;
  }
}
