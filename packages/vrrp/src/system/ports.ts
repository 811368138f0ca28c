import type { Clock, IpAddress, Micros, Result } from '@holdfast/kit';
import type { RouteNetlink } from '@holdfast/netlink';
import type { FromVrrp } from '../ipc.ts';

/**
 * What the worker asks of the world, by role. The real ones stand beside this file; tests hand in their own. Nothing
 * here decides anything.
 */
export interface Ports {
  readonly clock: Clock;
  /** Seconds since the epoch, for the dumps only. */
  readonly wallSeconds: () => number;
  readonly openTimer: (onExpire: () => void) => Timer;
  readonly openWire: OpenWire;
  readonly garp: Garp;
  readonly routes: RouteNetlink;
  readonly parent: Parent;
  readonly process: Process;
}

/** What happens on a wire without being asked for. */
export interface WireEvents {
  /** An IP packet, header and all. The bytes are only valid during the call: copy what is kept. */
  readonly onDatagram: (interfaceIndex: number, datagram: Uint8Array) => void;
  /** A socket has failed while receiving, or an advert could not be sent and the transport learnt it late. */
  readonly onFailure: (failure: PortFailure) => void;
}

/** Opened once the configuration says over which transport; `note` is what the log should say about the choice. */
export type OpenWire = (
  transport: 'native' | 'raw-socket',
  events: WireEvents,
) => Promise<Result<{ readonly wire: Wire; readonly note: string | undefined }, PortFailure>>;

/** One timer at an absolute time of the clock. Arming it again moves it. */
export interface Timer {
  arm(at: Micros): void;
  disarm(): void;
  close(): void;
}

/** Where an instance sends and listens: a group on an interface, or unicast on an interface. */
export interface Endpoint {
  readonly interfaceIndex: number;
  readonly interfaceName: string;
  /** `undefined`: unicast. */
  readonly group: IpAddress | undefined;
}

export interface WireAdvert {
  readonly endpoint: Endpoint;
  readonly destination: IpAddress;
  /** The IP packet, header and all. */
  readonly bytes: Uint8Array;
}

/** Why the world refused something: what was asked (with its object), and the errno's name. */
export interface PortFailure {
  readonly what: string;
  readonly code: string;
  /** What a user can do about it. */
  readonly remedy?: string;
}

/** IP protocol 112. Arriving datagrams go to the callback that was handed in when it was opened. */
export interface Wire {
  /** Listens there from now on; doing it twice is no fault. */
  open(endpoint: Endpoint): PortFailure | undefined;
  close(endpoint: Endpoint): void;
  /** Everything in as few system calls as possible, in this order; what could not be sent comes back. */
  send(adverts: readonly WireAdvert[]): readonly PortFailure[];
  /** Hands over what has arrived already, before timers are looked at. */
  drain(): void;
  closeAll(): void;
}

/** A gratuitous ARP to be sent: `address` is at `mac`. */
export interface GarpRequest {
  readonly interfaceIndex: number;
  readonly mac: Uint8Array;
  readonly address: IpAddress;
}

export interface Garp {
  /** In this order, without pause. */
  announce(requests: readonly GarpRequest[]): readonly PortFailure[];
  close(): void;
}

/** Core, at the other end of the IPC channel. */
export interface Parent {
  /** @param onWritten the kernel has taken it; not called any more once the channel is closed */
  send(message: FromVrrp, onWritten: () => void): void;
}

/** The process itself. */
export interface Process {
  setTitle(title: string): void;
  /** SCHED_RR priority of the main thread, or its nice value; a refusal comes back. */
  setScheduling(
    scheduling: { readonly realtime: number } | { readonly nice: number },
  ): PortFailure | undefined;
  exit(code: number): void;
  /** Ends it after this many milliseconds if nothing else has by then. */
  exitWithin(milliseconds: number): void;
}
