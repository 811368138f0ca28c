import { IPPROTO } from '@holdfast/native';
import type * as RawSocket from 'raw-socket';
import { attempt } from './attempt.ts';
import type { WireEvents } from './ports.ts';
import { wireFailure } from './wire-failure.ts';
import {
  bindToDevice,
  joinGroup,
  leaveGroup,
  roomForDeadPeers,
  type SocketOption,
  wireOptions,
} from './wire-options.ts';
import type { OpenWireSocket, WireInterface } from './wire-socket.ts';

/** As the native socket's: longer than any advert. */
const LARGEST_DATAGRAM = 2048;

/**
 * Protocol 112 by npm's raw-socket. It reads and writes one packet a turn of the loop: failures to send come late, by
 * `onFailure`, and `drain` can do nothing. It has no filter either, so that a packet of another interface may slip in
 * during the microseconds before the socket is bound.
 * @param closeOnExec called after each socket was made, because raw-socket leaves its descriptor open to programs
 *   that the process starts
 */
export const rawSocketTransport =
  (module: typeof RawSocket, closeOnExec: () => void): OpenWireSocket =>
  (on, events) => {
    const socket = module.createSocket({ protocol: IPPROTO.VRRP, bufferSize: LARGEST_DATAGRAM });
    closeOnExec();
    listen(socket, on, events);
    try {
      for (const option of [bindToDevice(on), ...wireOptions]) set(socket, option);
      attempt(() => set(socket, roomForDeadPeers));
    } catch (error) {
      socket.close();
      throw error;
    }
    // The closures below hold the socket: one that nobody holds is collected and falls silent without a word.
    return {
      join: (group) => set(socket, joinGroup(group, on)),
      leave: (group) => set(socket, leaveGroup(group, on)),
      send: (datagrams) => {
        for (const { destination, bytes } of datagrams) {
          const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
          socket.send(buffer, 0, buffer.length, destination, (error) => {
            if (error !== null) events.onFailure(wireFailure(`send to ${destination} on ${on.name}`, error));
          });
        }
        return [];
      },
      drain: () => undefined,
      close: () => socket.close(),
    };
  };

function listen(socket: RawSocket.Socket, on: WireInterface, events: WireEvents): void {
  let thrown: { readonly error: unknown } | undefined;
  socket.on('message', (buffer: Buffer) => {
    try {
      // raw-socket reads every packet into the same memory.
      events.onDatagram(on.index, Uint8Array.from(buffer));
    } catch (error) {
      thrown = { error };
      throw error;
    }
  });
  socket.on('error', (error: Error) => {
    // raw-socket catches what a listener throws and calls it an error of the socket; a bug must stay one.
    if (thrown !== undefined) {
      const bug = thrown.error;
      setImmediate(() => {
        throw bug;
      });
      return;
    }
    events.onFailure(wireFailure(`receive on ${on.name}`, error));
  });
}

function set(socket: RawSocket.Socket, { level, name, value }: SocketOption): void {
  if (typeof value === 'number') socket.setOption(level, name, value);
  else socket.setOption(level, name, Buffer.from(value), value.length);
}
