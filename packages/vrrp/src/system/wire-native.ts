import { type Addon, AF, IPPROTO, type NativeSocket, SOCK, sockAddrInet } from '@holdfast/native';
import { attempt } from './attempt.ts';
import { acceptAll, rejectAll } from './packet-filter.ts';
import type { WireEvents } from './ports.ts';
import { sendAll } from './send-all.ts';
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

/** Protocol 112 by the addon's sockets: batches both ways, close-on-exec from the start. */
export const nativeTransport =
  (addon: Pick<Addon, 'Socket'>): OpenWireSocket =>
  (on, events) => {
    const socket = new addon.Socket(AF.INET, SOCK.RAW, IPPROTO.VRRP);
    try {
      prepare(socket, on, events);
    } catch (error) {
      socket.close();
      throw error;
    }
    return {
      join: (group) => set(socket, joinGroup(group, on)),
      leave: (group) => set(socket, leaveGroup(group, on)),
      send: (datagrams) =>
        sendAll(
          socket,
          datagrams.map(({ destination, bytes }) => ({ data: bytes, to: sockAddrInet(destination) })),
          (index) => `send to ${datagrams[index]?.destination} on ${on.name}`,
        ),
      drain: () => socket.drain(),
      close: () => socket.close(),
    };
  };

/** Until a socket is bound it hears every interface, so what comes before that is thrown away. */
function prepare(socket: NativeSocket, on: WireInterface, events: WireEvents): void {
  const gate: { open: boolean } = { open: false };
  socket.attachFilter(rejectAll);
  set(socket, bindToDevice(on));
  for (const option of wireOptions) set(socket, option);
  attempt(() => set(socket, roomForDeadPeers));
  socket.receive(
    {},
    (messages) => {
      if (!gate.open) return;
      for (const { data } of messages) events.onDatagram(on.index, data);
    },
    (error) => events.onFailure(wireFailure(`receive on ${on.name}`, error)),
  );
  socket.drain();
  gate.open = true;
  socket.attachFilter(acceptAll);
}

const set = (socket: NativeSocket, { level, name, value }: SocketOption): void =>
  socket.setOption(level, name, value);
