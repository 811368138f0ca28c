import type { Socket } from 'node:net';

/**
 * Calls back when the peer has ended its side in order. libuv tells a reset that comes together with the last bytes as
 * an end too; writing nothing at all then fails, and the socket's 'error' says so. To keepalived a reset is a failure,
 * whatever came before it.
 */
export function onPeerEnd(socket: Socket, then: () => void): void {
  // Otherwise Node forbids to write once the peer has ended.
  socket.allowHalfOpen = true;
  socket.once('end', () =>
    socket.write('', (error) => {
      if (error === null || error === undefined) then();
    }),
  );
}
