import { IPPROTO } from '@holdfast/native';
import type * as RawSocket from 'raw-socket';
import { attempt } from './attempt.ts';
import type { PortFailure, WireEvents } from './ports.ts';
import { wireFailure } from './wire-failure.ts';
import {
  bindToDevice,
  joinGroup,
  leaveGroup,
  roomForDeadPeers,
  type SocketOption,
  wireOptions,
} from './wire-options.ts';
import type { OpenWireSocket, WireDatagram, WireInterface } from './wire-socket.ts';

/** As the native socket's: longer than any advert. */
const LARGEST_DATAGRAM = 2048;

/** Packets that one `drain` reads at most, so that a flood cannot hold the loop; as the native socket's. */
const MOST_DRAINED = 512;

/**
 * Protocol 112 by npm's raw-socket. Left to itself it reads and writes one packet a turn of the loop; a goodbye of a
 * process that ends in the same turn would never leave, and after a stall a timer would act before what has arrived
 * was read. So its own handlers for a readable and a writable socket are called here, at once. It has no filter, so
 * that a packet of another interface may slip in during the microseconds before the socket is bound.
 * @param closeOnExec called after each socket was made, because raw-socket leaves its descriptor open to programs
 *   that the process starts
 */
export const rawSocketTransport =
  (module: typeof RawSocket, closeOnExec: () => void): OpenWireSocket =>
  (on, events) => {
    const socket = module.createSocket({ protocol: IPPROTO.VRRP, bufferSize: LARGEST_DATAGRAM });
    closeOnExec();
    const drain = listen(socket, on, events);
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
      send: (datagrams) => datagrams.flatMap((datagram) => send(socket, on, datagram)),
      drain,
      close: () => socket.close(),
    };
  };

/** Queued by raw-socket and written by its own handler before this returns. */
function send(
  socket: RawSocket.Socket,
  { name }: WireInterface,
  { destination, bytes }: WireDatagram,
): readonly PortFailure[] {
  const failures: PortFailure[] = [];
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  socket.send(buffer, 0, buffer.length, destination, (error) => {
    if (error !== null) failures.push(wireFailure(`send to ${destination} on ${name}`, error));
  });
  socket.onSendReady();
  return failures;
}

/** @returns reads what is there, until raw-socket reports that there is nothing more */
function listen(socket: RawSocket.Socket, on: WireInterface, events: WireEvents): () => void {
  let thrown: { readonly error: unknown } | undefined;
  let draining = false;
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
    draining = false;
    // raw-socket catches what a listener throws and calls it an error of the socket; a bug must stay one.
    if (thrown !== undefined) {
      const bug = thrown.error;
      setImmediate(() => {
        throw bug;
      });
      return;
    }
    const failure = wireFailure(`receive on ${on.name}`, error);
    // Nothing more is there: the end of a drain, or of what a drain has read before the loop came to it.
    if (failure.code !== 'EAGAIN') events.onFailure(failure);
  });
  return () => {
    draining = true;
    for (let count = 0; draining && count < MOST_DRAINED; count++) socket.onRecvReady();
    draining = false;
  };
}

function set(socket: RawSocket.Socket, { level, name, value }: SocketOption): void {
  if (typeof value === 'number') socket.setOption(level, name, value);
  else socket.setOption(level, name, Buffer.from(value), value.length);
}
