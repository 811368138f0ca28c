import { readFileSync } from 'node:fs';
import { decodeControl, loadAddon } from '@holdfast/native';
import { monotonicMicros } from '../monotonic.ts';

/** An advert as it passed the switch: when (microseconds), through which port, and its fields. */
export interface SniffedAdvert {
  readonly at: number;
  readonly port: string;
  readonly source: string;
  readonly destination: string;
  readonly ttl: number;
  readonly version: number;
  readonly vrid: number;
  readonly priority: number;
}

const AF_PACKET = 17;
const SOCK_RAW = 3;
// All protocols, in network order: a bridge takes frames before the taps of a single protocol see them.
const ETH_P_ALL_NETWORK_ORDER = 0x0300;
const PACKET_OUTGOING = 4;
const SOL_SOCKET = 1;
const SO_TIMESTAMPNS = 35;

// Classic BPF: keep IPv4 frames of protocol 112, whole. Each line is code, jump if true, jump if false, constant.
const keepVrrp = [
  [0x28, 0, 0, 12],
  [0x15, 0, 3, 0x0800],
  [0x30, 0, 0, 23],
  [0x15, 0, 1, 112],
  [0x06, 0, 0, 0x40000],
  [0x06, 0, 0, 0],
] as const;

/**
 * Prints a line of JSON for every VRRP advert that enters the switch, whatever its port.
 * @param ports names of the switch's interfaces; others are ignored
 */
export function sniff(ports: readonly string[]): void {
  const names = new Map(
    ports.map((port) => [Number(readFileSync(`/sys/class/net/${port}/ifindex`, 'utf8')), port]),
  );
  const socket = new (loadAddon().Socket)(AF_PACKET, SOCK_RAW, ETH_P_ALL_NETWORK_ORDER);
  socket.attachFilter(filter());
  socket.setOption(SOL_SOCKET, SO_TIMESTAMPNS, 1);
  socket.receive(
    { control: 64 },
    (messages) => {
      for (const { data, from, control } of messages) {
        const link = readLinkAddress(from);
        const port = names.get(link.index);
        if (port === undefined || link.packetType === PACKET_OUTGOING) continue;
        report(data.subarray(14), port, arrival(control));
      }
    },
    (error) => {
      process.stderr.write(`sniffer: ${error.code}\n`);
      process.exit(1);
    },
  );
  process.stdout.write('"listening"\n');
}

function filter(): Uint8Array {
  const bytes = Buffer.alloc(keepVrrp.length * 8);
  keepVrrp.forEach(([code, ifTrue, ifFalse, constant], line) => {
    bytes.writeUInt16LE(code, line * 8);
    bytes.writeUInt8(ifTrue, line * 8 + 2);
    bytes.writeUInt8(ifFalse, line * 8 + 3);
    bytes.writeUInt32LE(constant, line * 8 + 4);
  });
  return bytes;
}

/** struct sockaddr_ll: family 2, protocol 2, index 4, hardware type 2, packet type 1, in this machine's order. */
function readLinkAddress(from: Uint8Array): { readonly index: number; readonly packetType: number } {
  const view = new DataView(from.buffer, from.byteOffset, from.byteLength);
  return { index: view.getInt32(4, true), packetType: view.getUint8(10) };
}

/** When the kernel took the frame in, however late we come to read it: SCM_TIMESTAMPNS, turned into CLOCK_MONOTONIC. */
function arrival(control: Uint8Array): number {
  const now = monotonicMicros();
  const realtime = (performance.timeOrigin + performance.now()) * 1000;
  const stamp = decodeControl(control).find(
    ({ level, type }) => level === SOL_SOCKET && type === SO_TIMESTAMPNS,
  );
  if (stamp === undefined) return now;
  const view = new DataView(stamp.data.buffer, stamp.data.byteOffset, stamp.data.byteLength);
  const taken = Number(view.getBigInt64(0, true)) * 1e6 + Number(view.getBigInt64(8, true)) / 1e3;
  // The two clocks of this process agree to some microseconds, unless somebody set the time of day since it began.
  const age = realtime - taken;
  return age > 0 && age < 1e6 ? Math.round(now - age) : now;
}

// Read here by hand and not with the daemon's codec: what judges a program should not share its mistakes.
function report(packet: Uint8Array, port: string, at: number): void {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const start = (view.getUint8(0) & 0x0f) * 4;
  if (packet.length < start + 8) return;
  const advert: SniffedAdvert = {
    at,
    port,
    source: packet.subarray(12, 16).join('.'),
    destination: packet.subarray(16, 20).join('.'),
    ttl: view.getUint8(8),
    version: view.getUint8(start) >> 4,
    vrid: view.getUint8(start + 1),
    priority: view.getUint8(start + 2),
  };
  process.stdout.write(`${JSON.stringify(advert)}\n`);
}
