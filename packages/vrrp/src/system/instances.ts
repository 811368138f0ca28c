import type { VirtualAddress, VrrpInstance } from '@holdfast/config';
import type { DeadlineHeap, IpAddress, Micros } from '@holdfast/kit';
import { addressProtocol } from '../address-protocol.ts';
import type { VrrpOptions } from '../ipc.ts';
import { addressKey, heldAddresses } from '../logic/addresses.ts';
import { causeOf } from '../logic/cause.ts';
import { initialState, nextDeadline, noCounts, step } from '../logic/instance.ts';
import { notifyRuns } from '../logic/notify.ts';
import { primaryAddress } from '../logic/primary-address.ts';
import { savedInstance } from '../logic/saved.ts';
import {
  type InstanceStatistics,
  instanceStatistics,
  instanceStatus,
  looksDifferent,
} from '../logic/status.ts';
import { sameSurroundings, surroundings } from '../logic/surroundings.ts';
import type { Effect, InstanceEvent, InstanceName, InstanceState, Surroundings } from '../logic/types.ts';
import type { EffectQueue } from './effect-queue.ts';
import type { Machine } from './machine.ts';
import type { Outbox } from './outbox.ts';
import { newlyRunning, type Running } from './running.ts';
import type { ScriptBoard } from './script-board.ts';

/** What the instances stand on. */
export interface Ground {
  readonly machine: Machine;
  readonly scripts: ScriptBoard;
  readonly outbox: Outbox;
  readonly effects: EffectQueue;
  readonly deadlines: DeadlineHeap<string>;
}

/** What an instance begins with: what a predecessor had reported, until when it keeps quiet, and an operator's wish. */
export type Memory = Omit<Extract<InstanceEvent, { kind: 'start' }>, 'kind'>;

/** An instance and one of its addresses. */
export interface Owned {
  readonly instance: InstanceName;
  readonly address: VirtualAddress;
}

/** The virtual routers at work: each event goes through `step`, and its effects to where they are performed. */
export class Instances {
  readonly #ground: Ground;
  readonly #running = new Map<InstanceName, Running>();
  /** Addresses that stood on an interface before we came: an owner's own, which stay when it leaves. */
  readonly #foreign = new Set<string>();
  /** The virtual addresses of all instances: none of them is ever a source. */
  #virtual: ReadonlySet<IpAddress> = new Set();
  /** The status of each that core has. */
  readonly #told = new Map<InstanceName, string>();
  #owners = new Map<string, readonly Owned[]>();
  #options: VrrpOptions = { dontReleaseVrrp: false, releaseVips: false, logDetail: false };

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  get all(): readonly Running[] {
    return [...this.#running.values()];
  }

  get(name: InstanceName): Running | undefined {
    return this.#running.get(name);
  }

  /** Only what does not concern the deadline may differ. */
  replace(running: Running): void {
    this.#running.set(running.config.name, running);
  }

  isVirtual(address: IpAddress): boolean {
    return this.#virtual.has(address);
  }

  /** Before instances begin and go on under a new configuration. */
  prepare(configs: readonly VrrpInstance[], options: VrrpOptions): void {
    this.#options = options;
    const owned = configs.flatMap((c) => heldAddresses(c).map((address) => ({ instance: c.name, address })));
    this.#virtual = new Set(owned.map(({ address }) => address.address));
    this.#owners = new Map();
    for (const one of owned) {
      const { address } = one;
      const key = ownerKey(address.interface, address.address, address.prefixLength);
      this.#owners.set(key, [...(this.#owners.get(key) ?? []), one]);
    }
  }

  /** An instance that was not there before. */
  begin(config: VrrpInstance, memory: Memory, now: Micros): void {
    this.replace(newlyRunning(config, initialState(config, this.#surroundingsOf(config), now)));
    if (memory.saved === undefined && config.priority === 255) this.#noteForeign(config);
    this.play(config.name, { kind: 'start', ...memory }, now);
    this.#save(config.name);
    this.#tellStatus(config.name);
  }

  /** The same virtual router under another configuration, and perhaps another name. */
  goOn(running: Running, config: VrrpInstance, now: Micros): void {
    const { config: previous } = running;
    if (previous.name !== config.name) this.#ground.outbox.fact({ kind: 'removed', instance: previous.name });
    this.replace({ ...running, config });
    this.play(config.name, { kind: 'reload', previous }, now);
    this.#save(config.name);
    this.#tellStatus(config.name);
  }

  /** Takes it out of the table without a word, to go on under another configuration. */
  take(name: InstanceName): Running | undefined {
    const running = this.#running.get(name);
    this.#running.delete(name);
    this.#told.delete(name);
    this.#ground.deadlines.set(instanceKey(name), undefined);
    return running;
  }

  /** Removed by a reload. */
  end(name: InstanceName, now: Micros): void {
    this.play(name, { kind: 'stop', release: true, deleted: true }, now);
    this.take(name);
    this.#ground.outbox.fact({ kind: 'removed', instance: name });
  }

  /** @param staying the instances that a successor goes on with */
  stopAll(staying: readonly InstanceName[], now: Micros): void {
    const release = !this.#options.dontReleaseVrrp;
    for (const name of this.#running.keys()) {
      this.play(name, { kind: 'stop', release, deleted: false, staying: staying.includes(name) }, now);
    }
  }

  play(name: InstanceName, event: InstanceEvent, now: Micros): void {
    const running = this.#running.get(name);
    if (running === undefined) return;
    const before = running.state;
    const { state, effects } = step(running.config, before, event, now);
    this.#running.set(name, { ...running, state });
    this.#ground.deadlines.set(instanceKey(name), nextDeadline(state));
    for (const effect of effects) this.#perform(running.config, state, effect, now);
    if (resumable(before) !== resumable(state)) this.#save(name);
    if (before.phase.kind !== state.phase.kind)
      this.#tellTransition(running.config, before, event, state, now);
    if (looksDifferent(before, state)) this.#tellStatus(name);
  }

  /** Links, addresses or scripts are different: each instance hears of what counts for it. */
  refresh(now: Micros): void {
    for (const { config, state } of this.all) {
      const fresh = this.#surroundingsOf(config);
      if (!sameSurroundings(fresh, state.surroundings)) {
        this.play(config.name, { kind: 'surroundings', surroundings: fresh }, now);
      }
      if (config.trackScripts.length > 0) this.#save(config.name);
      if (config.trackScripts.length + config.trackInterfaces.length > 0) this.#tellStatus(config.name);
    }
  }

  /** Addresses that have to stay whoever lets go of them: some instance is master of it, or it was there before us. */
  keptAddresses(): ReadonlySet<string> {
    const masters = this.all.filter(({ state }) => state.phase.kind === 'master');
    const held = masters.flatMap(({ config }) => heldAddresses(config).map(addressKey));
    return new Set(this.#options.releaseVips ? held : [...held, ...this.#foreign]);
  }

  /** Whose address this is, as the kernel names it; nobody's for one that is none of ours. */
  ownersOf(interfaceName: string, address: IpAddress, prefixLength: number): readonly Owned[] {
    return this.#owners.get(ownerKey(interfaceName, address, prefixLength)) ?? [];
  }

  /** What changes with every packet. */
  get statistics(): readonly InstanceStatistics[] {
    return this.all.map(instanceStatistics);
  }

  clearCounters(): void {
    for (const running of this.all) {
      const state = { ...running.state, counters: noCounts };
      this.replace({ ...running, state, drops: new Map(), checksums: new Map() });
    }
  }

  #perform(config: VrrpInstance, state: InstanceState, effect: Effect, now: Micros): void {
    const { outbox, effects } = this.#ground;
    switch (effect.kind) {
      case 'log':
        if (this.#options.logDetail || effect.record.detail !== true) outbox.log(effect.record, now);
        return;
      case 'notify':
        for (const run of notifyRuns(config, effect.state, effect.priority)) {
          outbox.fact({ kind: 'notify', ...run });
        }
        return;
      case 'notify-lower-priority': {
        const command = config.notify.masterRxLowerPriority;
        if (command !== undefined) outbox.fact({ kind: 'notify', command, extra: [] });
        return;
      }
      default:
        effects.add(config, state.surroundings.source, effect);
    }
  }

  #save(name: InstanceName): void {
    const running = this.#running.get(name);
    if (running === undefined) return;
    this.#ground.outbox.saved(savedInstance(running.config, running.state, this.#ground.scripts.saved));
  }

  #tellTransition(
    config: VrrpInstance,
    before: InstanceState,
    event: InstanceEvent,
    after: InstanceState,
    now: Micros,
  ): void {
    const { name } = config;
    const cause = causeOf({ config, before, event, after, now });
    const transition = { instance: name, at: now, from: before.phase.kind, to: after.phase.kind, cause };
    this.#ground.outbox.fact({ kind: 'transition', transition });
  }

  /** Core hears of it once: nothing is sent where an operator would see the same. */
  #tellStatus(name: InstanceName): void {
    const running = this.#running.get(name);
    if (running === undefined) return;
    const { machine, scripts, outbox } = this.#ground;
    const status = instanceStatus(running.config, running.state, {
      interface: (link) => machine.interfaceState(link),
      script: (script) => scripts.verdict(script),
    });
    const text = JSON.stringify(status);
    if (this.#told.get(name) === text) return;
    this.#told.set(name, text);
    outbox.fact({ kind: 'status', status });
  }

  #surroundingsOf(config: VrrpInstance): Surroundings {
    const { machine, scripts } = this.#ground;
    return surroundings(config, {
      interface: (name) => machine.interfaceState(name),
      script: (name) => scripts.verdict(name),
      primaryAddress: primaryAddress(machine.addressesOf(config.interface), config.family, this.#virtual),
    });
  }

  #noteForeign(config: VrrpInstance): void {
    for (const a of heldAddresses(config)) {
      const there = this.#ground.machine
        .addressesOf(a.interface)
        .find(({ address }) => address === a.address);
      if (there !== undefined && there.protocol !== addressProtocol) this.#foreign.add(addressKey(a));
    }
  }
}

const ownerKey = (interfaceName: string, address: IpAddress, prefixLength: number): string =>
  `${interfaceName} ${address}/${prefixLength}`;

export const instanceKey = (name: InstanceName): string => `instance ${name}`;

/** What core has to hear of when it changes. */
const resumable = ({ phase, lastAdvertAt, masterAdvertInterval }: InstanceState): string =>
  `${phase.kind} ${lastAdvertAt ?? ''} ${masterAdvertInterval}`;
