/**
 * One end of the wire's compliance suite: runs in a network namespace, does what its parent asks over IPC and answers.
 * Arguments: the transport, and the file of the addon.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { type IpAddress, toHex, unreachable } from '@holdfast/kit';
import { AF, ETH_P, loadAddon, type NativeSocket, SOCK, sockAddrPacket } from '@holdfast/native';
import { openGarp } from '../../../packages/vrrp/src/system/garp.ts';
import type {
  Endpoint,
  Garp,
  PortFailure,
  Wire,
  WireAdvert,
} from '../../../packages/vrrp/src/system/ports.ts';
import { openWire } from '../../../packages/vrrp/src/system/wire.ts';
import { joinGroup } from '../../../packages/vrrp/src/system/wire-options.ts';
import { chooseTransport } from '../../../packages/vrrp/src/system/wire-transport.ts';
import type { Answer, Order } from '../support/wire-orders.ts';

const [transportName, addonFile = ''] = process.argv.slice(2);
const heard: { readonly interfaceName: string; readonly hex: string }[] = [];
const indexes = new Map<string, number>();
const late: PortFailure[] = [];
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const addon = loadAddon([addonFile]);
/** Held, because a socket that nobody holds is closed, and its memberships end. */
const strangers: NativeSocket[] = [];
let garp: Garp | undefined;
const wire = wireOf(transportName === 'raw-socket' ? 'raw-socket' : 'native');
process.on('message', (order: Order) => {
  obey(order).then(
    (value) => answer({ id: order.id, value }),
    (error: unknown) => answer({ id: order.id, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());

function wireOf(wanted: 'native' | 'raw-socket'): Wire {
  const transport = chooseTransport(wanted, addon);
  if (!transport.ok || transport.value.name !== wanted) {
    throw new TypeError(`no ${wanted}: ${JSON.stringify(transport)}`);
  }
  return openWire(transport.value.openSocket, {
    onDatagram: (index, bytes) => heard.push({ interfaceName: interfaceName(index), hex: toHex(bytes) }),
    onFailure: (failure) => late.push(failure),
  });
}

async function obey(order: Order): Promise<unknown> {
  switch (order.kind) {
    case 'open':
      return wire.open(endpoint(order.interfaceName, order.group));
    case 'close':
      return wire.close(endpoint(order.interfaceName, order.group));
    case 'send':
      return send(order);
    case 'send-and-end':
      wire.send(adverts(order));
      return process.exit();
    case 'stall-and-drain':
      return stallAndDrain(order.milliseconds);
    case 'heard':
      return take(order.count);
    case 'stranger':
      return join(order.interfaceName, order.group);
    case 'descriptors':
      return execFileSync('ls', ['/proc/self/fd'], { encoding: 'utf8' }).trim().split('\n');
    case 'announce':
      return announce(order);
    case 'watch-arp':
      return watchArp(order.interfaceName);
    default:
      return unreachable(order);
  }
}

async function send(order: Extract<Order, { kind: 'send' }>): Promise<readonly PortFailure[]> {
  const failures = wire.send(adverts(order));
  // A transport may learn of a failure a turn late.
  for (let turns = 0; turns < 3; turns++) await new Promise((resolve) => setImmediate(resolve));
  return [...failures, ...late.splice(0)];
}

const adverts = (order: Extract<Order, { kind: 'send' | 'send-and-end' }>): readonly WireAdvert[] =>
  order.datagrams.map(({ destination, hex }) => ({
    endpoint: endpoint(order.interfaceName, undefined),
    destination,
    bytes: Uint8Array.from(Buffer.from(hex, 'hex')),
  }));

/** Answers only what the drain itself handed over: the loop has not turned in between. */
function stallAndDrain(milliseconds: number): number {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  const before = heard.length;
  wire.drain();
  return heard.length - before;
}

async function take(count: number): Promise<typeof heard> {
  for (let tries = 0; heard.length < count && tries < 200; tries++) await pause(10);
  await pause(80);
  return heard.splice(0);
}

function join(name: string, group: IpAddress): void {
  const socket = new addon.Socket(AF.INET, SOCK.DGRAM, 0);
  const { level, name: option, value } = joinGroup(group, { name, index: interfaceIndex(name) });
  socket.setOption(level, option, value);
  strangers.push(socket);
}

function announce(order: Extract<Order, { kind: 'announce' }>): readonly PortFailure[] {
  garp ??= openGarp(addon);
  return garp.announce(
    order.addresses.map((address) => ({
      interfaceIndex: interfaceIndex(order.interfaceName),
      mac: Uint8Array.from(Buffer.from(order.mac, 'hex')),
      address,
    })),
  );
}

function watchArp(name: string): void {
  const socket = new addon.Socket(AF.PACKET, SOCK.RAW, 0);
  socket.bind(sockAddrPacket(ETH_P.ARP, interfaceIndex(name)));
  socket.receive(
    {},
    (frames) => {
      for (const { data } of frames) heard.push({ interfaceName: name, hex: toHex(data) });
    },
    (error) => late.push({ what: 'watch ARP', code: error.code }),
  );
}

const endpoint = (name: string, group: IpAddress | undefined): Endpoint => ({
  interfaceName: name,
  interfaceIndex: interfaceIndex(name),
  group,
});

/** Remembered when an interface has gone; for a name that nobody has, an index that nobody has. */
function interfaceIndex(name: string): number {
  const known = indexes.get(name);
  if (known !== undefined) return known;
  const file = `/sys/class/net/${name}/ifindex`;
  const index = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 9999;
  indexes.set(name, index);
  return index;
}

const interfaceName = (index: number): string =>
  ['eth0', 'eth1'].find((name) => interfaceIndex(name) === index) ?? `interface ${index}`;

function answer(value: Answer): void {
  process.send?.(value);
}
