import type { VrrpInstance } from '@holdfast/config';
import { decideRestart, lifetimeOf, type RestartNote, staying } from '@holdfast/core/restart';
import { type IpAddress, type Micros, micros, plus, seconds, seededRandom } from '@holdfast/kit';
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
  /** A planned restart: the next daemon begins after `back`. */
  restart(back: Micros): void;
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

const place = 'this boot';
/** By how much the kernel may be late in removing an address, in microseconds. */
const kernelLateness = 400_000;

/** When the addresses must be away: before any backup serves; with the shortest interval the kernel needs a bit more. */
const awayBy = (saved: SavedInstance, at: Micros): Micros =>
  plus(at, micros(Math.max(saved.masterDownInterval, 1_000_000 + kernelLateness)));

/** Of a planned restart: between the end of one daemon and the work of the next. */
interface RestartGap {
  /** Told to stop: after that time the next daemon begins. */
  leaving?: Micros | undefined;
  /** What a daemon has left for the next one. */
  note?: RestartNote | undefined;
  /** The start that the service manager is about to make. */
  nextStart?: object | undefined;
  /** The addresses were given a lifetime, and no successor has gone on yet. */
  limited?: object | undefined;
}

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
  const gap: RestartGap = {};
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
      // Core gives the addresses back their endless life when its worker has gone on.
      if (latest.phase === 'master' && gap.leaving === undefined) gap.limited = undefined;
    },
    observe: world.observe,
    stopped: () => {
      if (gap.leaving === undefined) off('stopped');
      else left(gap.leaving);
    },
  };
  const startWorker = (): void => {
    const make = world.shell === 'router' ? routerWorker : plainWorker;
    worker = make(name, surroundingWorld, file, saved);
    condition('the worker starts');
  };
  const begin = (): void => {
    running = true;
    const decision = decideRestart(gap.note, { place, configuration: JSON.stringify(file), now: time.now() });
    gap.note = undefined;
    changeAs('core', () => memory.remove(decision.withdraw.flatMap(({ addresses }) => addresses)));
    [saved] = decision.instances;
    handedOver = (decision.orders?.handedOver.length ?? 0) > 0;
    startWorker();
  };
  /** The daemon has ended for a restart: from here on only the kernel looks after its addresses. */
  const left = (back: Micros): void => {
    const at = time.now();
    worker?.kill();
    [worker, gap.leaving, running] = [undefined, undefined, false];
    gap.note = {
      place,
      configuration: JSON.stringify(file),
      leftAt: at,
      instances: saved === undefined ? [] : [saved],
      pools: { pools: [], written: undefined, settled: [], unsettled: [] },
      orders: { handedOver: handedOver ? [name] : [], wishes: {} },
    };
    const isMaster = saved?.phase === 'master';
    const heldUntil = saved !== undefined && isMaster ? awayBy(saved, at) : undefined;
    observe({ kind: 'worker-gone', saved, ...(heldUntil === undefined ? {} : { heldUntil }) });
    condition('it has ended for a restart');
    const start = {};
    gap.nextStart = start;
    time.at(plus(at, back), () => {
      if (gap.nextStart === start && !running) begin();
    });
    if (saved !== undefined && isMaster) expire(saved, at);
  };
  /** The kernel removes what nobody has renewed, a little late. */
  const expire = (from: SavedInstance, at: Micros): void => {
    const lifetime = {};
    gap.limited = lifetime;
    const late = micros(chance.whole(0, kernelLateness));
    time.at(plus(plus(at, seconds(lifetimeOf(from))), late), () => {
      if (gap.limited !== lifetime) return;
      const held = [...memory.addresses.values()];
      changeAs('core', () => memory.remove(held));
      for (const address of held) worker?.tell({ kind: 'address-lost', address });
    });
  };
  const off = (what: string): void => {
    worker?.kill();
    worker = undefined;
    running = false;
    stopping = false;
    saved = undefined;
    handedOver = false;
    gap.leaving = undefined;
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
      if (!running) begin();
    },
    stop() {
      gap.nextStart = undefined;
      stopping = running;
      gap.leaving = undefined;
      if (worker !== undefined) worker.tell({ kind: 'stop', release: true, deleted: false });
      else if (running) stopWithoutWorker();
    },
    powerCut() {
      off('the power is cut');
      [gap.note, gap.nextStart, gap.limited] = [undefined, undefined, undefined];
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
      if (gap.leaving !== undefined) {
        left(gap.leaving);
        return;
      }
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
    restart(back) {
      if (worker === undefined || stopping || gap.leaving !== undefined) return;
      if (saved !== undefined && staying([saved]).length === 0) {
        worker.tell({ kind: 'stop', release: true, deleted: false });
        time.at(plus(time.now(), back), () => {
          if (!running) begin();
        });
        return;
      }
      gap.leaving = back;
      worker.tell({ kind: 'stop', release: true, deleted: false, staying: true });
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
