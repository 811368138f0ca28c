import type { VrrpInstance } from '@holdfast/config';
import { type Micros, ok } from '@holdfast/kit';
import {
  type Effect,
  effectivePriority,
  type InstanceEvent,
  type InstanceState,
  initialState,
  type SavedInstance,
  step,
} from '@holdfast/vrrp';
import { type AddressRequest, Router } from '@holdfast/vrrp/router';
import { readSent } from './packets.ts';
import { type Letter, type ShellWorld, type VirtualWorker, virtualProcess } from './process.ts';
import {
  GLOBAL,
  type Interface,
  LINK,
  linkAddressOf,
  simulatedMachine,
  simulatedOutbox,
  simulatedPorts,
  virtualAddressOf,
} from './router-ports.ts';

/**
 * A worker whose shell is the real one too: packages/vrrp's Router on a simulated machine, socket, timer and core. Its
 * steps are seen from outside: by how its state and its counters change around each thing that it is told.
 */
export function routerWorker(
  name: string,
  world: ShellWorld,
  first: VrrpInstance,
  saved: SavedInstance | undefined,
): VirtualWorker {
  const { time } = world;
  const handedOver = world.handedOver();
  let config = withoutScripts(first);
  let settled = initialState(
    config,
    { faults: [], weight: 0, undecided: false, source: world.source },
    time.now(),
  );
  let armedFor: Micros | undefined;
  let done: Effect[] = [];

  // What the kernel has reported so far; more may be on its way.
  let known = interfaceNow(world);
  const machine = simulatedMachine(world.held, () => known);
  const drain = (): void => {
    for (const packet of shell.takePackets()) datagram(packet);
  };
  const change = (kind: 'add-addresses' | 'remove-addresses', requests: readonly AddressRequest[]) => {
    const addresses = requests.map(virtualAddressOf);
    const gone = addresses.filter((a) => world.held().some((held) => held.address === a.address));
    done.push({ kind, addresses });
    world.perform({ kind, addresses }, config);
    if (kind === 'remove-addresses')
      for (const address of gone) shell.tell({ kind: 'kernel-reports', address });
    return Promise.resolve(requests.map(() => ok(undefined)));
  };
  const ports = simulatedPorts(time, {
    send: (destination, bytes) => {
      world.transmit(destination, bytes, config);
    },
    drain,
    change,
    arm: (at) => {
      armedFor = at;
      if (at !== undefined) shell.wakeSoon(at);
    },
  });
  const router = new Router(ports, machine, simulatedOutbox(world.report), () => undefined);
  const state = (): InstanceState => router.instances[0]?.state ?? settled;
  const seen = (event: InstanceEvent): void => {
    const [before, after] = [settled, state()];
    settled = after;
    const changes = done;
    done = [];
    const isNews = before !== after || event.kind === 'start' || event.kind === 'reload';
    const observe = (happened: InstanceEvent, from: InstanceState, to: InstanceState): void => {
      const effects = [...changes, ...advertsBetween(config, from, to)];
      const seenStep = { event: happened, before: from, after: to, effects, config, source: world.source };
      world.observe({ at: time.now(), router: name, kind: 'step', ...seenStep });
    };
    const between =
      event.kind === 'deadline' ? after : dueInTheSameTurn(config, event, before, after, time.now());
    if (between !== after) {
      observe(event, before, between);
      observe({ kind: 'deadline' }, between, after);
    } else if (isNews) observe(event, before, after);
  };
  const datagram = (packet: Uint8Array): void => {
    const before = state();
    router.datagram(LINK.index, packet);
    const believed = state().counters.advertsReceived > before.counters.advertsReceived;
    const listens = before.phase.kind === 'backup' || before.phase.kind === 'master';
    if (listens) world.observe({ at: time.now(), router: name, kind: 'received', packet, believed, config });
    if (believed) seen({ kind: 'advert', advert: readSent(packet) });
  };
  const configure = (next: VrrpInstance, reason: 'start' | 'reload'): void => {
    const previous = config;
    config = withoutScripts(next);
    router.configure({
      kind: 'configure',
      reason,
      slice: { global: GLOBAL, vrrpScripts: [], vrrpInstances: [config] },
      options: { dontReleaseVrrp: false, releaseVips: false, logDetail: true },
      saved: reason === 'start' && saved !== undefined ? [saved] : [],
      ...(reason === 'start' && handedOver ? { handedOver: [config.name] } : {}),
    });
    seen(reason === 'start' ? { kind: 'start', saved, handedOver } : { kind: 'reload', previous });
  };
  const read = (letter: Letter): boolean => {
    if (!('kind' in letter)) configure(letter, 'reload');
    else if (letter.kind === 'start') configure(first, 'start');
    else if (letter.kind === 'surroundings') {
      known = interfaceNow(world);
      router.machineChanged();
      seen({ kind: 'surroundings', surroundings: state().surroundings });
    } else if (letter.kind === 'address-lost' || letter.kind === 'kernel-reports') {
      router.addressGone(LINK.name, linkAddressOf(letter.address));
      seen({ kind: 'address-lost', address: letter.address });
    } else if (letter.kind === 'handover') {
      router.handover(config.name, letter.on);
      seen(letter);
    } else if (letter.kind === 'stop') {
      router.stop(letter.staying === true ? [config.name] : []);
      seen(letter);
      return true;
    }
    return false;
  };
  const shell = virtualProcess(
    name,
    world,
    { kind: 'start', saved, handedOver },
    {
      // The timer comes first, as it may in earnest: draining before it is the router's own business.
      turn(letters) {
        if (armedFor !== undefined && armedFor <= time.now()) {
          armedFor = undefined;
          router.timerExpired();
          seen({ kind: 'deadline' });
        }
        drain();
        return letters.some(read);
      },
      next: () => armedFor,
    },
  );
  return shell.worker({ state, config: () => config });
}

/** Scripts have a board and a pace of their own; what they come to is simulated without it. */
const withoutScripts = (config: VrrpInstance): VrrpInstance => ({ ...config, trackScripts: [] });

/** A backup's timer may be due in the turn that brings another event: the state between the two, as the logic has it. */
function dueInTheSameTurn(
  config: VrrpInstance,
  event: InstanceEvent,
  before: InstanceState,
  after: InstanceState,
  now: Micros,
): InstanceState {
  if (before.phase.kind !== 'backup' || after.phase.kind !== 'master') return after;
  return step(config, before, event, now).state;
}

/** The counters tell what was sent. */
function advertsBetween(
  config: VrrpInstance,
  before: InstanceState,
  after: InstanceState,
): readonly Effect[] {
  const zeros = after.counters.priorityZeroSent - before.counters.priorityZeroSent;
  const all = after.counters.advertsSent - before.counters.advertsSent;
  const priority = effectivePriority(config, after);
  return Array.from({ length: all }, (_, n) => ({ kind: 'send-advert', priority: n < zeros ? 0 : priority }));
}

const interfaceNow = (world: ShellWorld): Interface => ({ up: world.linkUp(), own: world.ownAddress() });
