import type { IpAddress } from '@holdfast/kit';
import { isMulticast } from '@holdfast/kit';
import type { Wire, WireEvents } from '../../src/system/ports.ts';
import { openWire } from '../../src/system/wire.ts';
import type { WireDatagram, WireInterface, WireSocket } from '../../src/system/wire-socket.ts';

export interface MemoryInterface extends WireInterface {
  /** Interfaces with the same one hear each other. */
  readonly segment: string;
  readonly addresses: readonly IpAddress[];
}

/** LANs in memory. What is sent waits until it is delivered, by a wire's `drain` or for all at once. */
export interface MemoryNetwork {
  /** A router with these interfaces; the names must be its own only. */
  attach(interfaces: readonly MemoryInterface[], events: WireEvents): Wire;
  setUp(segment: string, up: boolean): void;
  deliver(): void;
}

interface Plug {
  readonly on: MemoryInterface;
  readonly router: object;
  readonly groups: Set<IpAddress>;
  readonly waiting: Uint8Array[];
  readonly hand: (bytes: Uint8Array) => void;
}

export function memoryNetwork(): MemoryNetwork {
  const plugs = new Set<Plug>();
  const down = new Set<string>();

  const socket = (router: object, on: MemoryInterface, events: WireEvents): WireSocket => {
    const hand = (bytes: Uint8Array): void => events.onDatagram(on.index, bytes);
    const plug: Plug = { on, router, groups: new Set(), waiting: [], hand };
    plugs.add(plug);
    return {
      join: (group) => plug.groups.add(group),
      leave: (group) => plug.groups.delete(group),
      send: (datagrams) => {
        if (down.has(on.segment)) return datagrams.map((each) => unreachable(each, on));
        for (const datagram of datagrams) transmit(plugs, plug, datagram);
        return [];
      },
      drain: () => handOver(plug),
      close: () => plugs.delete(plug),
    };
  };

  return {
    attach: (interfaces, events) => {
      const router = {};
      return openWire((wanted) => {
        const on = interfaces.find(({ index, name }) => index === wanted.index && name === wanted.name);
        if (on === undefined) throw Object.assign(new RangeError(wanted.name), { code: 'ENODEV' });
        return socket(router, on, events);
      }, events);
    },
    setUp: (segment, up) => void (up ? down.delete(segment) : down.add(segment)),
    deliver: () => plugs.forEach(handOver),
  };
}

/** Multicast to whoever has joined but the sender's own router; unicast to the interface with the address. */
function transmit(plugs: ReadonlySet<Plug>, from: Plug, { destination, bytes }: WireDatagram): void {
  for (const plug of plugs) {
    const meant = isMulticast(destination)
      ? plug.router !== from.router && plug.groups.has(destination)
      : plug.on.addresses.includes(destination);
    if (meant && plug.on.segment === from.on.segment) plug.waiting.push(bytes.slice());
  }
}

/** As a real wire does, the memory is used again after the call. */
function handOver(plug: Plug): void {
  for (const bytes of plug.waiting.splice(0)) {
    plug.hand(bytes);
    bytes.fill(0xee);
  }
}

const unreachable = ({ destination }: WireDatagram, { name }: WireInterface) => ({
  what: `send to ${destination} on ${name}`,
  code: 'ENETUNREACH',
});
