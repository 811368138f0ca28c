import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { VrrpInstance } from '@holdfast/config';
import { address, seededRandom } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { type Addressee, demultiplexer } from '../../src/logic/demultiplex.ts';
import { type DropReason, dropReasons } from '../../src/logic/drop-reason.ts';
import { step } from '../../src/logic/instance.ts';
import { type ReceiveContext, receive } from '../../src/logic/receive.ts';
import { advertDatagrams } from '../../src/logic/transmit.ts';
import type { InstanceState } from '../../src/logic/types.ts';
import { at, backup, instance, master, ourAddress, vip } from '../support/instance.ts';
import { mend, mutate } from './mutate.ts';
import { objections } from './oracle.ts';

/** HOLDFAST_FUZZ=1000000 for the long run; HOLDFAST_FUZZ_SEED for another one. */
const packets = Number(process.env['HOLDFAST_FUZZ'] ?? 50_000);
const seed = Number(process.env['HOLDFAST_FUZZ_SEED'] ?? 112);

const peer = { address: address('10.0.0.3'), minTtl: undefined, maxTtl: undefined };
const two = [vip('10.0.0.9'), vip('10.0.0.10')];

/** All on one interface and, but for unicast, of one VRID on purpose: each packet meets each of them. */
const receivers: readonly VrrpInstance[] = frozen([
  instance({ name: 'plain' }),
  instance({ name: 'password', authentication: { type: 'pass', password: 'secret' } }),
  instance({ name: 'v3', version: 3 }),
  instance({ name: 'strict', strict: true, virtualAddresses: two }),
  instance({ name: 'owner', priority: 255 }),
  instance({ name: 'unicast', unicastPeers: [peer] }),
  instance({ name: 'unicast v3', version: 3, unicastPeers: [peer], virtualAddresses: two }),
  instance({ name: 'checked', unicastPeers: [{ ...peer, minTtl: 200 }], checkUnicastSource: true }),
]);

const context: ReceiveContext = frozen({ source: ourAddress, priority: 100, master: undefined });

/** What a partner would send to each of them: at several priorities, each form of checksum. */
const seeds: readonly Uint8Array[] = receivers.flatMap((config) =>
  [0, 99, 100, 255].flatMap((priority) =>
    [true, false].flatMap((checksumWithoutPseudoHeader) => {
      const partner = {
        ...config,
        checksumWithoutPseudoHeader,
        unicastPeers: config.unicastPeers.map((each) => ({ ...each, address: ourAddress })),
      };
      return advertDatagrams(partner, peer.address, priority, 1).map(({ bytes }) => bytes);
    }),
  ),
);

test(`${packets} mutated packets, half of them mended, neither crash nor deceive the receive path`, () => {
  const random = seededRandom(seed);
  const tally = newTally();
  const states = receivers.map((config) => frozen([backup(config), master(config).state] as const));
  const half = Math.floor(packets / 2);
  fuzz(random, half, states, tally);
  const before = heapUsed();
  fuzz(random, packets - half, states, tally);
  const grown = heapUsed() - before;

  expect(tally.objections).toEqual([]);
  // A run that meets nothing proves nothing: all reasons that these receivers can have, and enough accepted ones.
  expect(tally.accepted).toBeGreaterThan(packets / 20);
  const notHere: readonly DropReason[] = ['owner-ignores-adverts'];
  const missing = dropReasons.filter((reason) => !tally.dropped.has(reason) && !notHere.includes(reason));
  expect(missing).toEqual([]);
  expect(grown).toBeLessThan(2_000_000);
}, 300_000);

interface Tally {
  accepted: number;
  readonly dropped: Map<DropReason, number>;
  readonly objections: string[];
}

const newTally = (): Tally => ({ accepted: 0, dropped: new Map(), objections: [] });

type States = readonly (readonly [InstanceState, InstanceState])[];

function fuzz(random: ReturnType<typeof seededRandom>, count: number, states: States, tally: Tally): void {
  for (let i = 0; i < count; i++) {
    const mutated = mutate(random, random.pick(seeds), random.pick(seeds));
    const packet = i % 2 === 0 ? mutated : mend(random, mutated);
    // The one it is for, and another one that it may deceive.
    const addressed = addressee(packet);
    if (addressed.kind === 'nobody') count1(tally.dropped, addressed.reason);
    else
      hear(
        receivers.findIndex(({ name }) => name === addressed.instance),
        packet,
        states,
        tally,
      );
    hear(random.whole(0, receivers.length - 1), packet, states, tally);
  }
}

const find = demultiplexer(
  receivers.map((config) => ({
    instance: config.name,
    interfaceIndex: 2,
    virtualRouterId: config.virtualRouterId,
    group: config.unicastPeers.length === 0 ? config.multicastDestination : undefined,
    source: ourAddress,
    peers: config.unicastPeers.map(({ address: each }) => each),
  })),
);
const addressee = (packet: Uint8Array): Addressee => find(2, packet);

function hear(index: number, packet: Uint8Array, states: States, tally: Tally): void {
  const [config, pair] = [receivers[index], states[index]];
  if (config === undefined || pair === undefined) throw new RangeError(`no receiver ${index}`);
  const before = packet.slice();
  const reception = receive(config, context, packet);
  if (Buffer.compare(before, packet) !== 0) tally.objections.push('the packet was changed');
  if (reception.kind === 'dropped') {
    count1(tally.dropped, reception.reason);
    return;
  }
  tally.accepted++;
  const against = objections(config, context, packet, reception);
  if (against.length > 0)
    tally.objections.push(`${config.name}: ${against} in ${Buffer.from(packet).toString('hex')}`);
  for (const state of pair) step(config, state, { kind: 'advert', advert: reception.advert }, at(1));
}

const count1 = (counts: Map<DropReason, number>, reason: DropReason): void => {
  counts.set(reason, (counts.get(reason) ?? 0) + 1);
};

/** Configurations, context and states throw when they are written to, so no packet can change one unseen. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

/** After a collection, so that only what is held counts. */
function heapUsed(): number {
  setFlagsFromString('--expose_gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}
