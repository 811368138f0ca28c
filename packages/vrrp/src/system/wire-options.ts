import { endianness } from 'node:os';
import { addressBytes, type IpAddress } from '@holdfast/kit';
import { IP, SO, SOL } from '@holdfast/native';
import type { WireInterface } from './wire-socket.ts';

export interface SocketOption {
  readonly level: number;
  readonly name: number;
  readonly value: number | Uint8Array;
}

/** TC_PRIO_INTERACTIVE: the first band of the default queue. 7 would share the band, but needs CAP_NET_ADMIN. */
const QUEUE_PRIORITY = 6;

/** Packets of other interfaces never get here; to be set before anything else (socket(7) SO_BINDTODEVICE). */
export const bindToDevice = ({ name }: WireInterface): SocketOption => ({
  level: SOL.SOCKET,
  name: SO.BINDTODEVICE,
  value: Buffer.from(`${name}\0`),
});

/**
 * The options of a VRRP socket (ip(7)): our own IP headers, so that TTL 255, TOS 0xc0 and the identification are
 * ours; multicast does not come back to this host, and only groups that this socket has joined are heard. It leaves by
 * the interface that the socket is bound to.
 */
export const wireOptions: readonly SocketOption[] = [
  { level: SOL.IP, name: IP.HDRINCL, value: 1 },
  { level: SOL.IP, name: IP.MULTICAST_LOOP, value: 0 },
  { level: SOL.IP, name: IP.MULTICAST_ALL, value: 0 },
  { level: SOL.SOCKET, name: SO.PRIORITY, value: QUEUE_PRIORITY },
];

/**
 * Packets to a neighbour that does not answer wait in the kernel for some seconds, up to 208 KiB for each neighbour
 * (arp(7), unres_qlen_bytes), and count as this socket's all the time. The default buffer is exactly as large, so one
 * dead unicast peer could silence the adverts to all others. May be refused without CAP_NET_ADMIN: then it stays so.
 */
export const roomForDeadPeers: SocketOption = {
  level: SOL.SOCKET,
  name: SO.SNDBUFFORCE,
  value: 4 * 1024 * 1024,
};

export const joinGroup = (group: IpAddress, on: WireInterface): SocketOption => ({
  level: SOL.IP,
  name: IP.ADD_MEMBERSHIP,
  value: membership(group, on),
});

export const leaveGroup = (group: IpAddress, on: WireInterface): SocketOption => ({
  level: SOL.IP,
  name: IP.DROP_MEMBERSHIP,
  value: membership(group, on),
});

/** `struct ip_mreqn`: group, local address (none: the index counts), interface index in the machine's order. */
function membership(group: IpAddress, { index }: WireInterface): Uint8Array {
  const bytes = new Uint8Array(12);
  bytes.set(addressBytes(group), 0);
  new DataView(bytes.buffer).setInt32(8, index, endianness() === 'LE');
  return bytes;
}
