import type { VrrpInstance } from '@holdfast/config';
import { type IpAddress, type Micros, micros, plus, seededRandom } from '@holdfast/kit';
import {
  advertDatagrams,
  type Effect,
  nextIdentification,
  resumeUntil,
  type SavedInstance,
  type Surroundings,
  surroundings as surroundingsFrom,
} from '@holdfast/vrrp';
import type { RouterName, RouterPlan, ScriptName, Verdict } from '../story/types.ts';
import type { Agenda } from './agenda.ts';
import { addressText, type Kernel, kernel } from './kernel.ts';
import { hash } from './lan.ts';
import type { Observation, Observer, Truth } from './observation.ts';
import { readSent } from './packets.ts';
import type { ShellWorld, VirtualWorker } from './process.ts';
import { routerWorker } from './router-worker.ts';
import { plainWorker } from './worker.ts';

/** A machine with an interface, a kernel, core and a worker. Core is modelled here by what it owes to the others. */
export interface Host {
  readonly name: RouterName;
  readonly source: IpAddress;
  readonly kernel: Kernel;
  readonly worker: VirtualWorker | undefined;
  /** Core runs; the worker may be dead for the moment. */
  readonly running: boolean;
  readonly linkUp: boolean;
  /** The configuration in force, or what the next start reads. */
  readonly config: VrrpInstance;
  readonly saved: SavedInstance | undefined;
  /** What the configuration file says now. */
  readonly file: VrrpInstance;
  start(): void;
  stop(): void;
  powerCut(): void;
  killAll(): void;
  killWorker(back: Micros): void;
  stall(lasts: Micros): void;
  setLink(up: boolean): void;
  setSource(present: boolean): void;
  setVerdict(script: ScriptName, verdict: Verdict): void;
  reload(config: VrrpInstance): void;
  /** An operator's order: core holds it for as long as it lives. */
  handOver(on: boolean): void;
  readonly handedOver: boolean;
  deleteAddress(index: number): void;
  arrive(packet: Uint8Array): void;
}

export interface HostWorld {
  /** What runs in the workers around the logic: the plainest shell, or packages/vrrp's own. */
  readonly shell: ShellKind;
  readonly seed: number;
  readonly time: Agenda;
  /** Puts a packet on the wire, to everybody or to one address. */
  transmit(from: RouterName, destination: IpAddress, packet: Uint8Array): void;
  readonly observe: Observer;
}

export type ShellKind = 'plain' | 'router';

export function host(plan: RouterPlan, world: HostWorld): Host {
  const { name, source } = plan;
  const { time } = world;
  const chance = seededRandom(world.seed ^ hash(name));
  let file = plan.config;
  let worker: VirtualWorker | undefined;
  let running = false;
  let stopping = false;
  let linkUp = true;
  let hasSource = true;
  let identification = 0;
  const verdicts: Record<ScriptName, Verdict> = { service: 'good', load: 'good' };
  let saved: SavedInstance | undefined;
  let handedOver = false;
  let changedBy: 'worker' | 'core' | 'others' = 'others';

  type What<O> = O extends unknown ? Omit<O, 'at' | 'router'> : never;
  const observe = (what: What<Observation>): void => {
    world.observe({ at: time.now(), router: name, ...what });
  };
  const memory = kernel(() => {
    observe({ kind: 'addresses', held: [...memory.addresses.keys()], by: changedBy });
  });
  const changeAs = (by: typeof changedBy, change: () => void): void => {
    changedBy = by;
    change();
    changedBy = 'others';
  };
  const condition = (what: string, more: { gone?: boolean; asleep?: boolean } = {}): void => {
    observe({ kind: 'condition', what, ...more });
  };
  const surroundings = (): Surroundings => {
    const made = surroundingsFrom(worker?.config ?? file, {
      interface: () => (linkUp ? 'up' : 'down'),
      script: (script) => verdicts[script === 'service' ? 'service' : 'load'],
      primaryAddress: hasSource ? source : undefined,
    });
    if (world.shell === 'plain') observe({ kind: 'surroundings', made, truth: truth() });
    return made;
  };
  /** keepalived.conf(5) track_script: a positive weight counts while good, a negative one while bad. */
  const truth = (): Truth => {
    const weight = file.trackScripts.find((entry) => entry.name === 'load')?.weight ?? 0;
    const counts = verdicts.load === (weight > 0 ? 'good' : 'bad');
    return {
      faulty: !linkUp || !hasSource || verdicts.service === 'bad',
      undecided: verdicts.service === 'undecided',
      weight: counts ? weight : 0,
    };
  };
  const surroundingsChanged = (): void => {
    worker?.tell({ kind: 'surroundings', surroundings: surroundings() });
  };
  const transmit = (destination: IpAddress, packet: Uint8Array): void => {
    if (linkUp && hasSource) world.transmit(name, destination, packet);
  };
  const send = (config: VrrpInstance, priority: number): void => {
    identification = nextIdentification(identification);
    const packets = advertDatagrams(config, source, priority, identification);
    packets.forEach(({ destination, bytes }, copy) => {
      if (copy === 0) observe({ kind: 'sent', advert: readSent(bytes), config });
      transmit(destination, bytes);
    });
  };
  const perform = (effect: Effect, config: VrrpInstance): void => {
    if (effect.kind === 'send-advert') send(config, effect.priority);
    else if (effect.kind === 'add-addresses') changeAs('worker', () => memory.add(effect.addresses));
    else if (effect.kind === 'remove-addresses') changeAs('worker', () => memory.remove(effect.addresses));
  };
  const surroundingWorld: ShellWorld = {
    time,
    chance,
    source,
    surroundings,
    linkUp: () => linkUp,
    ownAddress: () => (hasSource ? source : undefined),
    handedOver: () => handedOver,
    held: () => [...memory.addresses.values()],
    perform: (effect, config) => {
      perform(effect, config);
    },
    transmit: (destination, bytes, config) => {
      observe({ kind: 'sent', advert: readSent(bytes), config });
      transmit(destination, bytes);
    },
    report: (latest) => {
      saved = latest;
    },
    observe: world.observe,
    stopped: () => {
      off('stopped');
    },
  };
  const startWorker = (): void => {
    const make = world.shell === 'router' ? routerWorker : plainWorker;
    worker = make(name, surroundingWorld, file, saved);
    condition('the worker starts');
  };
  const off = (what: string): void => {
    worker?.kill();
    worker = undefined;
    running = false;
    stopping = false;
    saved = undefined;
    handedOver = false;
    condition(what, { gone: true });
  };
  /** Nobody advertises without a worker: when none has reported in time, core takes the addresses away itself. */
  const withdrawInTime = (from: SavedInstance): void => {
    const until = resumeUntil(from);
    if (from.phase !== 'master' || until === undefined) return;
    time.at(until, () => {
      if (!running || saved !== from) return;
      changeAs('core', () => memory.remove(from.addresses));
      saved = { ...from, phase: 'backup' };
    });
  };

  const stopWithoutWorker = (): void => {
    changeAs('core', () => memory.remove(saved?.addresses ?? []));
    off('stopped without a worker');
  };

  return {
    name,
    source,
    kernel: memory,
    start() {
      if (running) return;
      running = true;
      startWorker();
    },
    stop() {
      stopping = running;
      if (worker !== undefined) worker.tell({ kind: 'stop', release: true, deleted: false });
      else if (running) stopWithoutWorker();
    },
    powerCut() {
      off('the power is cut');
      memory.clear();
    },
    killAll() {
      if (!running) return;
      off('all processes are killed');
      // What no file names any more is found by nobody: the operator who took it out takes it away.
      const named = new Set(file.virtualAddresses.map(addressText));
      memory.remove([...memory.addresses.values()].filter((a) => !named.has(addressText(a))));
    },
    killWorker(back) {
      if (worker === undefined) return;
      worker.kill();
      worker = undefined;
      observe({ kind: 'worker-gone', saved });
      condition('the worker is killed');
      if (stopping) {
        stopWithoutWorker();
        return;
      }
      if (saved !== undefined) withdrawInTime(saved);
      time.at(plus(time.now(), back), () => {
        if (running && worker === undefined) startWorker();
      });
    },
    stall(lasts) {
      if (worker === undefined) return;
      worker.stall(plus(time.now(), micros(lasts)));
      condition('the worker is stalled', { asleep: true });
    },
    setLink(up) {
      if (linkUp === up) return;
      linkUp = up;
      condition(up ? 'the link is up' : 'the link is down');
      surroundingsChanged();
    },
    setSource(present) {
      hasSource = present;
      condition(present ? 'the own address is back' : 'the own address is gone');
      surroundingsChanged();
    },
    setVerdict(script, verdict) {
      verdicts[script] = verdict;
      condition(`the script ${script} is ${verdict}`);
      surroundingsChanged();
    },
    reload(config) {
      // Who starts after everything was killed knows the addresses of its file only: the list stays for that while.
      file = running ? config : { ...config, virtualAddresses: file.virtualAddresses };
      worker?.tell(config);
      condition('the file has changed');
    },
    handOver(on) {
      if (!running || handedOver === on) return;
      handedOver = on;
      worker?.tell({ kind: 'handover', on });
      condition(on ? 'it is handed over' : 'it is taken back');
    },
    deleteAddress(index) {
      const held = [...memory.addresses.values()];
      const victim = held[index % held.length];
      if (victim === undefined) return;
      changeAs('others', () => memory.remove([victim]));
      worker?.tell({ kind: 'address-lost', address: victim });
    },
    arrive(packet) {
      if (linkUp) worker?.arrive(packet);
    },
    get handedOver() {
      return handedOver;
    },
    get worker() {
      return worker;
    },
    get running() {
      return running;
    },
    get linkUp() {
      return linkUp;
    },
    get config() {
      return worker?.config ?? file;
    },
    get file() {
      return file;
    },
    get saved() {
      return saved;
    },
  };
}
