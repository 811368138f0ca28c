/**
 * Either end of a flood of adverts, valid or mutated; runs in a network namespace and answers its parent over IPC.
 * Arguments: `receive` or `send`, the transport, how many packets, how many at once, `valid` or `mutated`, the addon.
 */
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type IpAddress, type Random, seededRandom } from '@holdfast/kit';
import { loadAddon } from '@holdfast/native';
import { decodeIpv4 } from '@holdfast/wire';
import { receive } from '../../../packages/vrrp/src/logic/receive.ts';
import type { Endpoint, Wire, WireAdvert } from '../../../packages/vrrp/src/system/ports.ts';
import { openWire } from '../../../packages/vrrp/src/system/wire.ts';
import { chooseTransport } from '../../../packages/vrrp/src/system/wire-transport.ts';
import { mend, mutate } from '../../../packages/vrrp/test/fuzz/mutate.ts';
import { objections } from '../../../packages/vrrp/test/fuzz/oracle.ts';
import { addressee, context, receivers, seeds } from '../../../packages/vrrp/test/fuzz/receivers.ts';
import { instance } from '../../../packages/vrrp/test/support/instance.ts';
import type { FloodReport } from '../support/flood.ts';

const [role, transportName, packets = '0', atOnce = '1', kind, addonFile = ''] = process.argv.slice(2);
const group = instance().multicastDestination;
const endpoint: Endpoint = {
  interfaceName: 'eth0',
  interfaceIndex: Number(readFileSync('/sys/class/net/eth0/ifindex', 'utf8')),
  group,
};
const report = {
  packets: 0,
  failures: 0,
  accepted: 0,
  dropped: 0,
  objections: new Set<string>(),
};

const wire = wireOf(transportName === 'raw-socket' ? 'raw-socket' : 'native');
wire.open(endpoint);
wire.open({ ...endpoint, group: undefined });
process.on('disconnect', () => process.exit());
let stopped = false;
process.on('message', (order) => {
  if (order === 'stop') stopped = true;
  else process.send?.(answer());
});
process.send?.({ kind: 'ready' });
if (role === 'send') send(seededRandom(112), Number(packets));

function wireOf(wanted: 'native' | 'raw-socket'): Wire {
  const transport = chooseTransport(wanted, loadAddon([addonFile]));
  if (!transport.ok) throw new TypeError(JSON.stringify(transport));
  return openWire(transport.value.openSocket, {
    onDatagram: hear,
    onFailure: () => {
      report.failures++;
    },
  });
}

function hear(_: number, datagram: Uint8Array): void {
  report.packets++;
  const whose = addressee(datagram);
  const config = whose.kind === 'nobody' ? undefined : receivers.find(({ name }) => name === whose.instance);
  const reception = config === undefined ? undefined : receive(config, context, datagram);
  if (config === undefined || reception?.kind !== 'accepted') {
    report.dropped++;
    return;
  }
  report.accepted++;
  if (kind !== 'mutated') return;
  for (const each of objections(config, context, datagram, reception)) report.objections.add(each);
}

/** A turn of the loop after the other, so that IPC and, with raw-socket, sending itself go on. */
function send(random: Random, left: number): void {
  if (left <= 0 || stopped) {
    process.send?.({ kind: 'sent' });
    return;
  }
  const adverts = Array.from({ length: Math.min(left, Number(atOnce)) }, () => advert(random));
  const failures = wire.send(adverts);
  report.failures += failures.length;
  report.packets += adverts.length;
  // Mutated packets are to be looked at, not lost: they come at a pace that a busy machine can take.
  if (kind === 'mutated') setTimeout(send, 1, random, left - adverts.length);
  else setImmediate(send, random, left - adverts.length);
}

function advert(random: Random): WireAdvert {
  for (;;) {
    const seed = random.pick(seeds);
    const mutated = kind === 'mutated' ? mutate(random, seed, random.pick(seeds)) : seed;
    const bytes = kind === 'mutated' && random.chance(0.5) ? mend(random, mutated) : mutated;
    if (isForReceiver(bytes)) return { endpoint, destination: routable(bytes), bytes };
  }
}

/**
 * The receiver's kernel keeps what is for somebody else to itself, so it need not be sent. It must not be, either: the
 * sender's kernel takes each address in a header for a new neighbour, and when its table of neighbours, which all
 * network namespaces share, is full, the packets of everybody on this machine are lost.
 */
function isForReceiver(bytes: Uint8Array): boolean {
  const destination = bytes.subarray(16, 20).join('.');
  return bytes.length < 20 || destination === group || destination === context.source;
}

/** The kernel routes by this and leaves the header as it is: what cannot be an address here goes to the group. */
function routable(bytes: Uint8Array): IpAddress {
  const packet = decodeIpv4(bytes);
  return packet.ok && packet.value.destination === context.source ? packet.value.destination : group;
}

function answer(): FloodReport {
  setFlagsFromString('--expose_gc');
  const collect: unknown = runInNewContext('gc');
  const { user, system } = process.cpuUsage();
  if (typeof collect === 'function') collect();
  return {
    ...report,
    kind: 'report',
    objections: [...report.objections],
    cpuMicros: user + system,
    heapUsed: process.memoryUsage().heapUsed,
  };
}
