import { endianness } from 'node:os';
import { address } from '@holdfast/kit';
import {
  type Addon,
  AF,
  decodeSockAddr,
  ETH_P,
  type NativeSocket,
  type Received,
  SOCK,
  SOL,
  sockAddrPacket,
} from '@holdfast/native';
import type { Link } from '@holdfast/netlink';
import { decodeAdvert, decodeIpv4, VRRP_PROTOCOL } from '@holdfast/wire';
import type { HeardAdvert } from '../facts.ts';
import { macText } from '../mac.ts';

/** linux/if_packet.h: membership of an interface in a group of hardware addresses. */
const PACKET_ADD_MEMBERSHIP = 1;
/** The hardware address of 224.0.0.18 (RFC 1112 §6.4). */
const groupMac = [0x01, 0x00, 0x5e, 0x00, 0x00, 0x12];
const little = endianness() === 'LE';

/** Collects adverts of others, before any firewall or reverse path filter takes them away (packet(7)). */
export interface Listening {
  /** The last advert of each router for each virtual router on each interface. */
  readonly heard: () => readonly HeardAdvert[];
  readonly close: () => void;
}

/** @throws NativeError where packet sockets are not allowed */
export function listen(addon: Pick<Addon, 'Socket'>, links: readonly Link[]): Listening {
  const found = new Map<string, HeardAdvert>();
  const sockets = links.map((link) => {
    // Without a protocol it hears nothing until it has its filter and its interface.
    const socket = new addon.Socket(AF.PACKET, SOCK.DGRAM, 0);
    hear(socket, link, (heard) => {
      const { source, advert } = heard;
      found.set(`${link.name} ${source} ${advert.version} ${advert.virtualRouterId}`, heard);
    });
    return socket;
  });
  return {
    heard: () => [...found.values()],
    close: () => {
      for (const socket of sockets) socket.close();
    },
  };
}

function hear(socket: NativeSocket, link: Link, onAdvert: (heard: HeardAdvert) => void): void {
  socket.attachFilter(onlyVrrp());
  socket.bind(sockAddrPacket(ETH_P.IP, link.index));
  socket.setOption(SOL.PACKET, PACKET_ADD_MEMBERSHIP, membership(link.index));
  socket.receive(
    {},
    (messages) => {
      for (const message of messages) {
        const heard = read(message, link.name);
        if (heard !== undefined) onAdvert(heard);
      }
    },
    // The interface has gone down: what was heard until then counts.
    () => undefined,
  );
}

function read({ data, from }: Received, name: string): HeardAdvert | undefined {
  const sender = decodeSockAddr(from);
  const packet = decodeIpv4(data);
  if (!packet.ok || packet.value.protocol !== VRRP_PROTOCOL || sender?.family !== 'packet') return undefined;
  const { payload, source, destination } = packet.value;
  const version = (payload[0] ?? 0) >> 4 === 3 ? 3 : 2;
  const decoded = decodeAdvert(payload, version, { source, destination: address(destination) });
  if (!decoded.ok) return undefined;
  return { interface: name, source, mac: macText(sender.mac), advert: decoded.value.advert };
}

/** `struct packet_mreq`: interface, PACKET_MR_MULTICAST (0), length, address. */
function membership(index: number): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, index, little);
  view.setUint16(6, groupMac.length, little);
  bytes.set(groupMac, 8);
  return bytes;
}

/**
 * Only IPv4 packets of protocol 112 wake this process up (bpf(4) as in linux/filter.h): load the byte at 9, compare,
 * take all or nothing.
 */
function onlyVrrp(): Uint8Array {
  const program: readonly (readonly [code: number, jumps: number, value: number])[] = [
    [0x30, 0, 9],
    [0x15, 0x0100, VRRP_PROTOCOL],
    [0x06, 0, 0xffff],
    [0x06, 0, 0],
  ];
  const bytes = new Uint8Array(program.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [index, [code, jumps, value]] of program.entries()) {
    view.setUint16(index * 8, code, little);
    view.setUint8(index * 8 + 2, jumps & 0xff);
    view.setUint8(index * 8 + 3, jumps >> 8);
    view.setUint32(index * 8 + 4, value, little);
  }
  return bytes;
}
