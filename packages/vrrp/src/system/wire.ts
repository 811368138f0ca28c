import type { IpAddress } from '@holdfast/kit';
import type { Endpoint, PortFailure, Wire, WireAdvert, WireEvents } from './ports.ts';
import { wireFailure } from './wire-failure.ts';
import type { OpenWireSocket, WireDatagram, WireSocket } from './wire-socket.ts';

/** One socket serves all that happens on an interface: each datagram arrives once, each batch leaves in one call. */
interface Line {
  readonly name: string;
  readonly socket: WireSocket;
  readonly groups: Set<IpAddress>;
  unicast: boolean;
}

/** The worker's `Wire` over a transport's sockets; datagrams and late failures go to `events`. */
export function openWire(openSocket: OpenWireSocket, events: WireEvents): Wire {
  const lines = new Map<number, Line>();
  return {
    open: (endpoint) => open(lines, endpoint, openSocket, events),
    close: (endpoint) => close(lines, endpoint),
    send: (adverts) => send(lines, adverts),
    drain: () => {
      for (const { socket } of lines.values()) socket.drain();
    },
    closeAll: () => {
      for (const { socket } of lines.values()) socket.close();
      lines.clear();
    },
  };
}

function open(
  lines: Map<number, Line>,
  endpoint: Endpoint,
  openSocket: OpenWireSocket,
  events: WireEvents,
): PortFailure | undefined {
  const { interfaceIndex: index, interfaceName: name, group } = endpoint;
  let line = lines.get(index);
  try {
    line ??= { name, socket: openSocket({ index, name }, events), groups: new Set(), unicast: false };
  } catch (error) {
    return wireFailure(`open a raw socket for protocol 112 on ${name}`, error);
  }
  lines.set(index, line);
  if (group === undefined) {
    line.unicast = true;
    return undefined;
  }
  return join(lines, index, line, group);
}

function join(
  lines: Map<number, Line>,
  index: number,
  line: Line,
  group: IpAddress,
): PortFailure | undefined {
  if (line.groups.has(group)) return undefined;
  try {
    line.socket.join(group);
    line.groups.add(group);
    return undefined;
  } catch (error) {
    closeUnused(lines, index, line);
    return wireFailure(`join ${group} on ${line.name}`, error);
  }
}

function close(lines: Map<number, Line>, { interfaceIndex, group }: Endpoint): void {
  const line = lines.get(interfaceIndex);
  if (line === undefined) return;
  if (group === undefined) line.unicast = false;
  else if (line.groups.delete(group)) leave(line, group);
  closeUnused(lines, interfaceIndex, line);
}

function leave({ socket }: Line, group: IpAddress): void {
  try {
    socket.leave(group);
  } catch {
    // The interface is gone and its memberships with it: nothing is left to leave.
  }
}

function closeUnused(lines: Map<number, Line>, index: number, line: Line): void {
  if (line.unicast || line.groups.size > 0) return;
  lines.delete(index);
  line.socket.close();
}

/** Adverts of one interface stay in their order and leave together. */
function send(lines: ReadonlyMap<number, Line>, adverts: readonly WireAdvert[]): readonly PortFailure[] {
  const batches = new Map<Line, WireDatagram[]>();
  const failures: PortFailure[] = [];
  for (const { endpoint, destination, bytes } of adverts) {
    const line = lines.get(endpoint.interfaceIndex);
    if (line === undefined) failures.push(notOpen(endpoint, destination));
    else batchOf(batches, line).push({ destination, bytes });
  }
  for (const [{ socket }, batch] of batches) failures.push(...socket.send(batch));
  return failures;
}

function batchOf(batches: Map<Line, WireDatagram[]>, line: Line): WireDatagram[] {
  const batch = batches.get(line) ?? [];
  batches.set(line, batch);
  return batch;
}

const notOpen = (endpoint: Endpoint, destination: IpAddress): PortFailure =>
  wireFailure(`send to ${destination} on ${endpoint.interfaceName}`, 'ENOTCONN');
