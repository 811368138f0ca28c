import {
  type Addon,
  AF,
  ETH_P,
  type NativeSocket,
  type Outgoing,
  SOCK,
  sockAddrPacket,
} from '@holdfast/native';
import { encodeGratuitousArp } from '@holdfast/wire';
import { rejectAll } from './packet-filter.ts';
import type { Garp, GarpRequest, PortFailure } from './ports.ts';
import { sendAll } from './send-all.ts';
import { wireFailure } from './wire-failure.ts';

/**
 * Sends gratuitous ARP (packet(7)). One socket for all interfaces; it receives nothing: it is opened without a
 * protocol, and a filter of one instruction stands behind that.
 * @throws the addon's error where packet sockets are not allowed
 */
export function openGarp(addon: Pick<Addon, 'Socket'>): Garp {
  const socket = new addon.Socket(AF.PACKET, SOCK.RAW, 0);
  socket.attachFilter(rejectAll);
  return {
    announce: (requests) => announce(socket, requests),
    close: () => socket.close(),
  };
}

/** In order, in one system call. Hardware addresses that are not Ethernet's are refused: ARP frames here are. */
function announce(socket: NativeSocket, requests: readonly GarpRequest[]): readonly PortFailure[] {
  const ethernet = requests.filter(({ mac }) => mac.length === MAC_BYTES);
  const others = requests.filter(({ mac }) => mac.length !== MAC_BYTES);
  const sent = sendAll(socket, ethernet.map(frame), (index) => describe(ethernet[index]));
  return [...others.map((request) => wireFailure(describe(request), 'EAFNOSUPPORT')), ...sent];
}

const MAC_BYTES = 6;

const frame = ({ interfaceIndex, mac, address }: GarpRequest): Outgoing => ({
  data: encodeGratuitousArp({ mac, address }),
  to: sockAddrPacket(ETH_P.ARP, interfaceIndex, broadcast),
});

const broadcast = new Uint8Array(MAC_BYTES).fill(0xff);

const describe = (request: GarpRequest | undefined): string =>
  `send a gratuitous ARP for ${request?.address} on interface ${request?.interfaceIndex}`;
