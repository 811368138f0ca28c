import type { Checker, RealServer, VirtualServer } from '@holdfast/config';
import type { ServiceKey, Timeouts } from '@holdfast/ipvs-netlink';
import type { Micros } from '@holdfast/kit';

/**
 * One virtual server's health, decided purely: `step(config, state, event, now): { state, effects }`. What stands in the
 * kernel is not decided here: `desiredPools(config, state)` says what should, the planner of ipvs-netlink how to get there.
 */
export interface VirtualServerState {
  readonly quorum: 'up' | 'down';
  readonly servers: readonly RealServerState[];
  /** `ha_suspend`: its address is nowhere on this machine. */
  readonly suspended: boolean;
  /** How many checks have begun: the number of the last one. */
  readonly runs: number;
}

export interface RealServerState {
  readonly alive: boolean;
  /** Configured weight and the offsets of its checkers, not yet clamped. */
  readonly weight: number;
  /** What an operator wants instead of the configuration. */
  readonly override: Override | undefined;
  readonly checkers: readonly CheckerState[];
}

/**
 * `drain`: no new connections, those that are stay; `disable`: out of the table; `weight`: this one, whatever file and
 * checkers say.
 */
export type Override =
  | { readonly kind: 'drain' | 'disable' }
  | { readonly kind: 'weight'; readonly weight: number };

/** An operator's wish for one real server of a virtual server, by its key. */
export interface ServerWish {
  readonly server: string;
  readonly override: Override;
}

/** The last attempt of a checker. */
export interface LastCheck {
  readonly at: Micros;
  readonly kind: CheckResult['kind'];
  /** Why it failed, or what was to be noted. */
  readonly text: string | undefined;
}

export interface CheckerState {
  readonly up: boolean;
  readonly hasRun: boolean;
  /** Failures since the last success, counted up to `retry`. */
  readonly failures: number;
  /** MISC_CHECK with misc_dynamic: what it adds to the weight. */
  readonly weightOffset: number;
  /** A check that is under way, by its number, and when it began. */
  readonly running: number | undefined;
  readonly startedAt: Micros | undefined;
  readonly nextAt: Micros | undefined;
  /** HTTP_GET: which url comes next, and whether it is polled because it has failed. */
  readonly url: number;
  readonly polling: boolean;
  /** The note or local error of the last attempt: it is said again only when it has changed. */
  readonly said: string | undefined;
  readonly last: LastCheck | undefined;
}

/** How one attempt of a checker ended. */
export type CheckResult =
  /** `note`: nothing wrong, but to be logged once per change. */
  | { readonly kind: 'success'; readonly weight?: number; readonly note?: string }
  | { readonly kind: 'failure'; readonly reason: string }
  /** Something here, not there: no socket, no source address. It changes nothing but is logged. */
  | { readonly kind: 'local-error'; readonly reason: string };

/** `chance`: numbers from 0 to below 1, one a checker in the order of the configuration; used again from the first. */
export type HealthEvent =
  | {
      readonly kind: 'start';
      readonly saved: SavedPool | undefined;
      readonly chance: readonly number[];
      readonly wishes?: readonly ServerWish[];
    }
  | { readonly kind: 'deadline' }
  /** `run`: the number in the effect. A check that is not under way (any more) has no meaning: a reload moves places. */
  /** `server`: its place in the effect; there the check is looked for first. */
  | {
      readonly kind: 'finished';
      readonly run: number;
      readonly server?: number;
      readonly result: CheckResult;
    }
  | { readonly kind: 'address-present'; readonly present: boolean }
  | { readonly kind: 'reload'; readonly previous: VirtualServer; readonly chance: readonly number[] }
  /** All that an operator wants of this virtual server's servers; those that are not named follow the configuration. */
  | { readonly kind: 'wishes'; readonly wishes: readonly ServerWish[] }
  | { readonly kind: 'stop'; readonly deleted: boolean };

export type HealthEffect =
  | {
      readonly kind: 'check';
      /** Counted up within the virtual server; `finished` and `cancel` name it. */
      readonly run: number;
      readonly server: number;
      readonly checker: number;
      readonly what: Checker;
      readonly url: number;
    }
  | { readonly kind: 'cancel'; readonly run: number }
  /** Something that the kernel should hold has changed: plan this virtual server. */
  | { readonly kind: 'plan' }
  | { readonly kind: 'notify'; readonly what: 'up' | 'down'; readonly server: RealServer }
  | { readonly kind: 'notify-quorum'; readonly what: 'up' | 'down' }
  | { readonly kind: 'log'; readonly record: HealthLogRecord }
  /** The checkers of these begin: a line of the log for each (`messages.activating`), made when there is time for it. */
  | { readonly kind: 'activate'; readonly servers: readonly RealServer[] };

/** What core keeps for the case that the worker dies: a dead server stays out, a counter goes on. */
export interface SavedPool {
  readonly key: string;
  readonly quorum: 'up' | 'down';
  readonly servers: readonly {
    readonly key: string;
    readonly alive: boolean;
    readonly checkers: readonly SavedChecker[];
  }[];
}

export interface SavedChecker extends Pick<CheckerState, 'up' | 'hasRun' | 'failures' | 'weightOffset'> {
  /** HTTP_GET: a url other than the first, and whether it is polled because it has failed. */
  readonly url?: number | undefined;
  readonly polling?: boolean | undefined;
}

export interface SavedPools {
  readonly pools: readonly SavedPool[];
  /** The services in the kernel's table that are the worker's; `undefined` in a fact: as before. */
  readonly written: readonly ServiceKey[] | undefined;
  /** Keys of virtual servers of which the kernel holds what was last wanted. */
  readonly settled: readonly string[];
  /**
   * Keys of those of which it may not. Of these, as of those in neither list, nobody knows how far the worker came:
   * what it wanted is then no measure of what somebody has changed by hand.
   */
  readonly unsettled: readonly string[];
  /** `lvs_timeouts`: what the kernel had before ours, to be given back at the end. */
  readonly timeoutsBefore?: Timeouts | undefined;
}

/** A line of the log: an id with its sentence. The sentences stand in `messages.ts`. */
export interface HealthLogRecord {
  readonly id: string;
  readonly level: 'debug' | 'info' | 'notice' | 'warning' | 'error';
  readonly detail?: boolean;
  readonly text: string;
}
