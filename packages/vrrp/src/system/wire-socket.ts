import type { IpAddress } from '@holdfast/kit';
import type { PortFailure, WireEvents } from './ports.ts';

/** An interface by the two names that the kernel has for it. */
export interface WireInterface {
  readonly name: string;
  readonly index: number;
}

/** A packet with its IP header and where to. */
export interface WireDatagram {
  readonly destination: IpAddress;
  readonly bytes: Uint8Array;
}

/** One socket of protocol 112, bound to one interface: what a transport has to offer. */
export interface WireSocket {
  /** @throws the transport's error */
  join(group: IpAddress): void;
  /** @throws the transport's error */
  leave(group: IpAddress): void;
  /** All in as few system calls as the transport can. A refused datagram does not keep back those behind it. */
  send(datagrams: readonly WireDatagram[]): readonly PortFailure[];
  /** Hands over now what has arrived, as far as the transport can. */
  drain(): void;
  close(): void;
}

/** @throws the transport's error */
export type OpenWireSocket = (on: WireInterface, events: WireEvents) => WireSocket;
