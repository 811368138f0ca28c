import { endianness } from 'node:os';
import { address, addressBytes, addressFromBytes, familyOf, type IpAddress } from '@holdfast/kit';
import { AF } from './constants.ts';

/** Numbers in structures of the kernel stand in the order of the machine, but where noted. */
const little = endianness() === 'LE';

/** A sockaddr that could not be read: its family is none of these, or it is too short for its family. */
export type SockAddr =
  | { readonly family: 'inet'; readonly address: IpAddress; readonly port: number }
  | {
      readonly family: 'inet6';
      readonly address: IpAddress;
      readonly port: number;
      /** Interface index of a link-local address; 0 for none. */
      readonly scopeId: number;
    }
  | {
      readonly family: 'packet';
      /** Ethernet protocol in host order. */
      readonly protocol: number;
      readonly index: number;
      /** ARPHRD_ number; 1 is Ethernet. */
      readonly hardwareType: number;
      /** PACKET_HOST 0, BROADCAST 1, MULTICAST 2, OTHERHOST 3, OUTGOING 4. */
      readonly packetType: number;
      /** Hardware address, at most 8 bytes. */
      readonly mac: Uint8Array;
    }
  | { readonly family: 'netlink'; readonly port: number; readonly groups: number }
  /** A path; '' is unnamed, and a leading NUL an abstract name. */
  | { readonly family: 'unix'; readonly path: string };

/** Reads any sockaddr that this program meets; `undefined` when the family is another one or bytes are missing. */
export function decodeSockAddr(bytes: Uint8Array): SockAddr | undefined {
  if (bytes.length < 2) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  switch (view.getUint16(0, little)) {
    case AF.INET:
      return bytes.length < 8 ? undefined : decodeInet(bytes, view);
    case AF.INET6:
      return bytes.length < 24 ? undefined : decodeInet6(bytes, view);
    case AF.PACKET:
      return bytes.length < 12 ? undefined : decodePacket(bytes, view);
    case AF.NETLINK:
      return bytes.length < 12 ? undefined : decodeNetlink(view);
    case AF.UNIX:
      return { family: 'unix', path: unixPath(bytes.subarray(2)) };
    default:
      return undefined;
  }
}

const decodeInet = (bytes: Uint8Array, view: DataView): SockAddr => ({
  family: 'inet',
  address: addressFromBytes(bytes.subarray(4, 8)),
  port: view.getUint16(2),
});

const decodeInet6 = (bytes: Uint8Array, view: DataView): SockAddr => ({
  family: 'inet6',
  address: addressFromBytes(bytes.subarray(8, 24)),
  port: view.getUint16(2),
  scopeId: bytes.length < 28 ? 0 : view.getUint32(24, little),
});

const decodePacket = (bytes: Uint8Array, view: DataView): SockAddr => ({
  family: 'packet',
  protocol: view.getUint16(2),
  index: view.getInt32(4, little),
  hardwareType: view.getUint16(8, little),
  packetType: view.getUint8(10),
  mac: bytes.slice(12, 12 + Math.min(view.getUint8(11), 8)),
});

const decodeNetlink = (view: DataView): SockAddr => ({
  family: 'netlink',
  port: view.getUint32(4, little),
  groups: view.getUint32(8, little),
});

/** An abstract name (leading NUL) may hold further NULs; a path ends at its first one. */
function unixPath(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString();
  if (text.startsWith('\0')) return text;
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/**
 * The sender's address of a packet of AF_INET or AF_INET6, without the port and the scope.
 * @returns `undefined` for other families
 */
export function senderOf(bytes: Uint8Array): IpAddress | undefined {
  const from = decodeSockAddr(bytes);
  return from?.family === 'inet' || from?.family === 'inet6' ? from.address : undefined;
}

/**
 * `struct sockaddr_in` (16 bytes) or `sockaddr_in6` (28 bytes), by the address's family; ip(7), ipv6(7).
 * @param port host order; 0 for raw sockets
 * @param scopeId interface index that a link-local IPv6 address needs
 */
export function sockAddrInet(ip: IpAddress, port = 0, scopeId = 0): Uint8Array {
  const six = familyOf(ip) === 6;
  const bytes = new Uint8Array(six ? 28 : 16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, six ? AF.INET6 : AF.INET, little);
  view.setUint16(2, port);
  bytes.set(addressBytes(ip), six ? 8 : 4);
  if (six) view.setUint32(24, scopeId, little);
  return bytes;
}

/** The address that stands for "any": 0.0.0.0 or ::. */
export const anyAddress = (family: 4 | 6): IpAddress => address(family === 4 ? '0.0.0.0' : '::');

/**
 * `struct sockaddr_ll` (20 bytes), packet(7).
 * @param protocol Ethernet protocol in host order
 * @param index of the interface; 0 is any
 * @param mac to whom; needed for SOCK_DGRAM only, SOCK_RAW packets carry their own header
 */
export function sockAddrPacket(protocol: number, index: number, mac = new Uint8Array(0)): Uint8Array {
  const bytes = new Uint8Array(20);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, AF.PACKET, little);
  view.setUint16(2, protocol);
  view.setInt32(4, index, little);
  view.setUint8(11, mac.length);
  bytes.set(mac, 12);
  return bytes;
}

/** `struct sockaddr_nl` (12 bytes), netlink(7). @param groups bit mask of the groups 1 to 32 */
export function sockAddrNetlink(port = 0, groups = 0): Uint8Array {
  const bytes = new Uint8Array(12);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, AF.NETLINK, little);
  view.setUint32(4, port, little);
  view.setUint32(8, groups, little);
  return bytes;
}

/**
 * `struct sockaddr_un`, unix(7): a path with its NUL, or an abstract name (leading NUL) without one.
 * @throws RangeError for a name of more than 108 bytes with its NUL
 */
export function sockAddrUnix(path: string): Uint8Array {
  const name = Buffer.from(path.startsWith('\0') || path === '' ? path : `${path}\0`);
  if (name.length > 108) throw new RangeError(`a socket path has at most 107 bytes: ${path}`);
  const bytes = new Uint8Array(2 + name.length);
  new DataView(bytes.buffer).setUint16(0, AF.UNIX, little);
  bytes.set(name, 2);
  return bytes;
}
