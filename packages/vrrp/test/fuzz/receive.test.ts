import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { seededRandom } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { type DropReason, dropReasons } from '../../src/logic/drop-reason.ts';
import { step } from '../../src/logic/instance.ts';
import { receive } from '../../src/logic/receive.ts';
import type { InstanceState } from '../../src/logic/types.ts';
import { at, backup, master } from '../support/instance.ts';
import { mend, mutate } from './mutate.ts';
import { objections } from './oracle.ts';
import { addressee, context, frozen, receivers, seeds } from './receivers.ts';

/** HOLDFAST_FUZZ=1000000 for the long run; HOLDFAST_FUZZ_SEED for another one. */
const packets = Number(process.env['HOLDFAST_FUZZ'] ?? 50_000);
const seed = Number(process.env['HOLDFAST_FUZZ_SEED'] ?? 112);

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

/** After a collection, so that only what is held counts. */
function heapUsed(): number {
  setFlagsFromString('--expose_gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}
