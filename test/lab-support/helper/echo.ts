import { loadAddon, type NativeSocket } from '@holdfast/native';
import { monotonicMicros } from '../monotonic.ts';

const AF_INET = 2;
const SOCK_RAW = 3;
const IPPROTO_ICMP = 1;
const echoRequest = 8;
const echoReply = 0;
const reportEvery = 50;

/**
 * Sends an ICMP echo request a millisecond, and prints when answers came (microseconds), as JSON, one array a line. The
 * kernel of the other side answers, no program there: what is seen is the address itself.
 * @param args address
 */
export function echo([address = '']: readonly string[]): void {
  const addon = loadAddon();
  // A client that has to wait for a processor would count as one that gets no answer.
  addon.setRealtime(1);
  const socket = new addon.Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
  const identifier = process.pid & 0xffff;
  const answers: number[] = [];
  socket.receive(
    {},
    (messages) => {
      const now = monotonicMicros();
      for (const { data } of messages) if (isAnswer(data, identifier)) answers.push(now);
    },
    // Unreachable for a while: that is what is being measured.
    () => undefined,
  );
  const to = socketAddress(address);
  let next = monotonicMicros();
  let sequence = 0;
  setInterval(() => {
    const now = monotonicMicros();
    // After a stall of the machine, start over instead of catching up with a burst.
    if (now - next > 50_000) next = now;
    for (; next <= now; next += 1000) sendQuietly(socket, request(identifier, sequence++ & 0xffff), to);
  }, 1);
  setInterval(() => {
    if (answers.length > 0) process.stdout.write(`${JSON.stringify(answers.splice(0))}\n`);
  }, reportEvery);
}

/** Type 1, code 1, checksum 2, identifier 2, sequence 2 (RFC 792). */
function request(identifier: number, sequence: number): Uint8Array {
  const packet = Buffer.alloc(8);
  packet.writeUInt8(echoRequest, 0);
  packet.writeUInt16BE(identifier, 4);
  packet.writeUInt16BE(sequence, 6);
  const sum = (echoRequest << 8) + identifier + sequence;
  packet.writeUInt16BE(~((sum & 0xffff) + (sum >> 16)) & 0xffff, 2);
  return packet;
}

function isAnswer(packet: Uint8Array, identifier: number): boolean {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const start = (view.getUint8(0) & 0x0f) * 4;
  return (
    packet.length >= start + 8 &&
    view.getUint8(start) === echoReply &&
    view.getUint16(start + 4) === identifier
  );
}

/** struct sockaddr_in: family 2 in this machine's order, port 2, address 4, 8 bytes of nothing. */
function socketAddress(address: string): Uint8Array {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16LE(AF_INET, 0);
  bytes.set(address.split('.').map(Number), 4);
  return bytes;
}

function sendQuietly(socket: NativeSocket, data: Uint8Array, to: Uint8Array): void {
  try {
    socket.send([{ data, to }]);
  } catch {
    // No route, no neighbour: an answer that does not come.
  }
}
