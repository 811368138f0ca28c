import { endianness } from 'node:os';
import { address, addressBytes, concatBytes, type Family, fromHex, type IpAddress } from '@holdfast/kit';
import {
  type Addon,
  AF,
  decodeSockAddr,
  ETH_P,
  IPV6,
  type NativeSocket,
  type Received,
  SOCK,
  SOL,
  sockAddrPacket,
} from '@holdfast/native';
import type { Link } from '@holdfast/netlink';
import { decodeAdvert, decodeIpv4, decodeIpv6, VRRP_PROTOCOL } from '@holdfast/wire';
import type { HeardAdvert } from '../facts.ts';
import { macText } from '../mac.ts';
import { withBytes } from './packet-filter.ts';

/** linux/if_packet.h: membership of an interface in a group of hardware addresses. */
const PACKET_ADD_MEMBERSHIP = 1;
const little = endianness() === 'LE';

/** What differs between the families: the group's hardware address (RFC 1112 §6.4, RFC 2464 §7), and where the protocol stands. */
const families = {
  4: { protocol: ETH_P.IP, groupMac: fromHex('01005e000012'), filter: withBytes([9, VRRP_PROTOCOL]) },
  6: { protocol: ETH_P.IPV6, groupMac: fromHex('333300000012'), filter: withBytes([6, VRRP_PROTOCOL]) },
} as const;

/** An interface, and what to hear on it. */
export interface Ear {
  readonly link: Link;
  readonly family: Family;
}

/** Collects adverts of others, before any firewall or reverse path filter takes them away (packet(7)). */
export interface Listening {
  /** The last advert of each router for each virtual router on each interface. */
  readonly heard: () => readonly HeardAdvert[];
  readonly close: () => void;
}

/** @throws NativeError where packet sockets are not allowed */
export function listen(addon: Pick<Addon, 'Socket'>, ears: readonly Ear[]): Listening {
  const found = new Map<string, HeardAdvert>();
  const sockets = ears.flatMap((ear) => {
    // Without a protocol it hears nothing until it has its filter and its interface.
    const socket = new addon.Socket(AF.PACKET, SOCK.DGRAM, 0);
    hear(socket, ear, (heard) => {
      const { source, advert } = heard;
      found.set(`${ear.link.name} ${source} ${advert.version} ${advert.virtualRouterId}`, heard);
    });
    return ear.family === 4 ? [socket] : [socket, memberOfGroup(addon, ear.link)];
  });
  return {
    heard: () => [...found.values()],
    close: () => {
      for (const socket of sockets) socket.close();
    },
  };
}

function hear(socket: NativeSocket, { link, family }: Ear, onAdvert: (heard: HeardAdvert) => void): void {
  const { protocol, groupMac, filter } = families[family];
  const read = family === 4 ? readFour : readSix;
  socket.attachFilter(filter);
  socket.bind(sockAddrPacket(protocol, link.index));
  socket.setOption(SOL.PACKET, PACKET_ADD_MEMBERSHIP, membership(link.index, groupMac));
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

/** A switch that watches over IPv6 groups forwards theirs only to members (RFC 4541 §3): whoever wants to hear joins. */
function memberOfGroup(addon: Pick<Addon, 'Socket'>, { index }: Link): NativeSocket {
  const socket = new addon.Socket(AF.INET6, SOCK.DGRAM, 0);
  const request = new Uint8Array(20);
  request.set(addressBytes(address('ff02::12')));
  new DataView(request.buffer).setInt32(16, index, little);
  try {
    socket.setOption(SOL.IPV6, IPV6.ADD_MEMBERSHIP, request);
  } catch {
    // IPv6 is switched off on the interface: nothing will come, and the daemon will say so.
  }
  return socket;
}

function readFour({ data, from }: Received, name: string): HeardAdvert | undefined {
  const packet = decodeIpv4(data);
  if (!packet.ok || packet.value.protocol !== VRRP_PROTOCOL) return undefined;
  const version = (packet.value.payload[0] ?? 0) >> 4 === 3 ? 3 : 2;
  return advertOf(packet.value, version, from, name);
}

function readSix({ data, from }: Received, name: string): HeardAdvert | undefined {
  const packet = decodeIpv6(data);
  if (!packet.ok || packet.value.nextHeader !== VRRP_PROTOCOL) return undefined;
  return advertOf(packet.value, 3, from, name);
}

function advertOf(
  packet: { readonly payload: Uint8Array; readonly source: IpAddress; readonly destination: IpAddress },
  version: 2 | 3,
  from: Uint8Array,
  name: string,
): HeardAdvert | undefined {
  const sender = decodeSockAddr(from);
  if (sender?.family !== 'packet') return undefined;
  const decoded = decodeAdvert(packet.payload, version, packet);
  if (!decoded.ok) return undefined;
  return { interface: name, source: packet.source, mac: macText(sender.mac), advert: decoded.value.advert };
}

/** `struct packet_mreq`: interface, PACKET_MR_MULTICAST (0), length, address. */
function membership(index: number, groupMac: Uint8Array): Uint8Array {
  const bytes = concatBytes(new Uint8Array(8), groupMac, new Uint8Array(2));
  const view = new DataView(bytes.buffer);
  view.setInt32(0, index, little);
  view.setUint16(6, groupMac.length, little);
  return bytes;
}
