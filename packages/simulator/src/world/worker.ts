import type { VrrpInstance } from '@holdfast/config';
import { type IpAddress, type Micros, micros, plus, type Random } from '@holdfast/kit';
import {
  type Effect,
  type InstanceEvent,
  type InstanceState,
  initialState,
  nextDeadline,
  type SavedInstance,
  type Surroundings,
  savedInstance,
  step,
} from '@holdfast/vrrp';
import type { Agenda } from './agenda.ts';
import type { Observation } from './observation.ts';
import { hear } from './receive-path.ts';

/** A VRRP worker process: the shell around the pure logic, as packages/vrrp/src/worker.ts is in earnest. */
export interface VirtualWorker {
  /** A packet that the interface took in. */
  arrive(packet: Uint8Array): void;
  /** A message of core's, or of the kernel's. It is dealt with in the next turn. */
  tell(event: InstanceEvent): void;
  configure(config: VrrpInstance): void;
  /** Gets no processor time until then. */
  stall(until: Micros): void;
  /** SIGKILL: nothing more happens, nothing is tidied up. */
  kill(): void;
  readonly state: InstanceState;
  readonly config: VrrpInstance;
  readonly stalled: boolean;
  /** Nothing waits to be dealt with. */
  readonly idle: boolean;
}

export interface WorkerWorld {
  readonly time: Agenda;
  readonly chance: Random;
  readonly source: IpAddress;
  surroundings(): Surroundings;
  perform(effect: Effect, config: VrrpInstance): void;
  /** The last turn's resumable state, for core to keep. */
  report(saved: SavedInstance): void;
  observe(observation: Observation): void;
  stopped(): void;
}

/** How late a process may be woken, at most: far below what any check tolerates. */
const LATEST_WAKE = 300;
/** A deadline that stays due however often it is served would turn for ever. */
const MOST_DEADLINES_A_TURN = 20;

export function virtualWorker(
  name: string,
  world: WorkerWorld,
  first: VrrpInstance,
  saved: SavedInstance | undefined,
): VirtualWorker {
  const { time } = world;
  let config = first;
  let state = initialState(config, world.surroundings(), time.now());
  let inbox: Uint8Array[] = [];
  let mailbox: (InstanceEvent | VrrpInstance)[] = [{ kind: 'start', saved }];
  let alive = true;
  /** Sockets are opened when the worker has been told what to do. */
  let listening = false;
  let stalledSince: Micros | undefined;
  let stalledUntil: Micros | undefined;
  let wakeAt: Micros | undefined;

  const wakeSoon = (at: Micros): void => {
    const wake = plus(at, micros(world.chance.whole(0, LATEST_WAKE)));
    if (stalledUntil !== undefined || (wakeAt !== undefined && wakeAt <= wake)) return;
    wakeAt = wake;
    time.at(wake, () => {
      if (wakeAt !== wake || !alive || stalledUntil !== undefined) return;
      wakeAt = undefined;
      turn();
    });
  };
  const apply = (event: InstanceEvent): void => {
    const [at, before] = [time.now(), state];
    const outcome = step(config, state, event, at);
    state = outcome.state;
    for (const effect of outcome.effects) world.perform(effect, config);
    world.observe({
      at,
      router: name,
      kind: 'step',
      config,
      source: world.source,
      event,
      before,
      after: state,
      effects: outcome.effects,
    });
  };
  const drain = (): void => {
    const arrived = inbox;
    inbox = [];
    for (const packet of arrived) {
      const advert = hear(config, state, packet);
      const believed = advert !== undefined;
      world.observe({ at: time.now(), router: name, kind: 'received', packet, believed, config });
      if (advert !== undefined) apply({ kind: 'advert', advert });
    }
  };
  const readMail = (): boolean => {
    const letters = mailbox;
    mailbox = [];
    for (const letter of letters) {
      if (!('kind' in letter)) {
        const previous = config;
        config = letter;
        apply({ kind: 'reload', previous });
        continue;
      }
      apply(letter);
      listening = true;
      if (letter.kind === 'stop') return true;
    }
    return false;
  };
  const serveDeadlines = (): void => {
    for (let served = 0; served < MOST_DEADLINES_A_TURN; served++) {
      const due = nextDeadline(state);
      if (due === undefined || due > time.now()) return;
      apply({ kind: 'deadline' });
    }
  };
  const turn = (): void => {
    drain();
    const stopped = readMail();
    if (!stopped) serveDeadlines();
    world.report(savedInstance(config, state, []));
    world.observe({ at: time.now(), router: name, kind: 'turn' });
    if (stopped) {
      alive = false;
      world.stopped();
      return;
    }
    const next = nextDeadline(state);
    if (next !== undefined) wakeSoon(next);
  };

  wakeSoon(time.now());
  return {
    arrive(packet) {
      if (!listening) return;
      inbox.push(packet);
      wakeSoon(time.now());
    },
    tell(event) {
      mailbox.push(event);
      wakeSoon(time.now());
    },
    configure(next) {
      mailbox.push(next);
      wakeSoon(time.now());
    },
    stall(until) {
      stalledSince = stalledSince ?? time.now();
      if (stalledUntil !== undefined && stalledUntil >= until) return;
      stalledUntil = until;
      wakeAt = undefined;
      time.at(until, () => {
        if (!alive || stalledUntil !== until) return;
        const sleptSince = stalledSince ?? until;
        stalledUntil = undefined;
        stalledSince = undefined;
        world.observe({ at: time.now(), router: name, kind: 'woke', sleptSince });
        turn();
      });
    },
    kill() {
      alive = false;
    },
    get state() {
      return state;
    },
    get config() {
      return config;
    },
    get stalled() {
      return stalledUntil !== undefined;
    },
    get idle() {
      return inbox.length === 0 && mailbox.length === 0;
    },
  };
}
