import type { VirtualAddress, VrrpInstance } from '@holdfast/config';
import { type IpAddress, type Micros, micros, plus, type Random } from '@holdfast/kit';
import type { Effect, InstanceEvent, InstanceState, SavedInstance, Surroundings } from '@holdfast/vrrp';
import type { Agenda } from './agenda.ts';
import type { Observation } from './observation.ts';

/** A VRRP worker process, whatever shell runs in it. */
export interface VirtualWorker {
  /** A packet that the interface took in. */
  arrive(packet: Uint8Array): void;
  /** A message of core's, or of the kernel's. It is dealt with in the next turn. */
  tell(letter: Letter): void;
  /** Gets no processor time until then. */
  stall(until: Micros): void;
  /** SIGKILL: nothing more happens, nothing is tidied up. */
  kill(): void;
  readonly state: InstanceState;
  readonly config: VrrpInstance;
  readonly stalled: boolean;
  /** Nothing waits to be dealt with. */
  readonly idle: boolean;
  /** How many packets the socket holds. */
  readonly unread: number;
}

/** A configuration by itself is a reload. */
export type Letter =
  | InstanceEvent
  | VrrpInstance
  /** The kernel's word on an address that the worker itself removed. */
  | { readonly kind: 'kernel-reports'; readonly address: VirtualAddress };

/** What a shell has around it. */
export interface ShellWorld {
  readonly time: Agenda;
  readonly chance: Random;
  readonly source: IpAddress;
  surroundings(): Surroundings;
  linkUp(): boolean;
  ownAddress(): IpAddress | undefined;
  /** An operator's wish, as core holds it. */
  handedOver(): boolean;
  held(): readonly VirtualAddress[];
  perform(effect: Effect, config: VrrpInstance): void;
  transmit(destination: IpAddress, packet: Uint8Array, config: VrrpInstance): void;
  /** What core keeps for the case that this worker dies. */
  report(saved: SavedInstance): void;
  observe(observation: Observation): void;
  stopped(): void;
}

/** What differs between shells. */
export interface Shell {
  /** Deals with the letters and with everything that waits. @returns whether a letter said stop */
  turn(letters: readonly Letter[]): boolean;
  /** When it wants to be woken. */
  next(): Micros | undefined;
}

export interface VirtualProcess {
  /** Everything that the socket holds; it is empty then. */
  takePackets(): readonly Uint8Array[];
  tell(letter: Letter): void;
  wakeSoon(at: Micros): void;
  worker(parts: { state(): InstanceState; config(): VrrpInstance }): VirtualWorker;
}

/** How late a process may be woken, at most: far below what any check tolerates. */
const LATEST_WAKE = 300;

/** The life of a process: it is woken a little late, its socket and its mailbox fill while it may not run. */
export function virtualProcess(
  name: string,
  world: ShellWorld,
  start: InstanceEvent,
  shell: Shell,
): VirtualProcess {
  const { time } = world;
  let inbox: Uint8Array[] = [];
  let mailbox: Letter[] = [start];
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
  const turn = (): void => {
    const letters = mailbox;
    mailbox = [];
    const stopped = shell.turn(letters);
    listening = true;
    world.observe({ at: time.now(), router: name, kind: 'turn' });
    if (stopped) {
      alive = false;
      world.stopped();
      return;
    }
    const next = shell.next();
    if (next !== undefined) wakeSoon(next);
  };
  const tell = (letter: Letter): void => {
    mailbox.push(letter);
    wakeSoon(time.now());
  };
  const takePackets = (): readonly Uint8Array[] => {
    const taken = inbox;
    inbox = [];
    return taken;
  };
  const arrive = (packet: Uint8Array): void => {
    if (!listening) return;
    inbox.push(packet);
    wakeSoon(time.now());
  };
  const stall = (until: Micros): void => {
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
  };

  wakeSoon(time.now());
  return {
    takePackets,
    tell,
    wakeSoon,
    worker: ({ state, config }) => ({
      arrive,
      tell,
      stall,
      kill() {
        alive = false;
      },
      get state() {
        return state();
      },
      get config() {
        return config();
      },
      get stalled() {
        return stalledUntil !== undefined;
      },
      get unread() {
        return inbox.length;
      },
      get idle() {
        return inbox.length === 0 && mailbox.length === 0;
      },
    }),
  };
}
