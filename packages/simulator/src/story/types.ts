import type { VrrpInstance } from '@holdfast/config';
import type { IpAddress, Micros } from '@holdfast/kit';

export type RouterName = string;

/**
 * Everything that a run consists of, as plain data: the same story gives the same run. Acts stand in no particular
 * order; those that name a router which is not in the fleet are without effect, so that a fleet can be made smaller.
 */
export interface Story {
  /** Seeds what is chance within the run: delays, losses, lateness. */
  readonly seed: number;
  readonly fleet: readonly RouterPlan[];
  readonly acts: readonly Act[];
  /** No act is in force after this. */
  readonly quietAt: Micros;
  readonly endsAt: Micros;
}

export interface RouterPlan {
  readonly name: RouterName;
  /** Its address on the LAN, from which it sends. */
  readonly source: IpAddress;
  readonly config: VrrpInstance;
  readonly startsAt: Micros;
}

export type Act = { readonly at: Micros } & (
  | { readonly kind: 'start' | 'stop' | 'power-cut' | 'kill-all'; readonly router: RouterName }
  /** The worker is killed; core has the next one ready after this long. */
  | { readonly kind: 'kill-worker'; readonly router: RouterName; readonly back: Micros }
  /** The daemon stops for a restart; the next one begins after `back`. */
  | { readonly kind: 'restart'; readonly router: RouterName; readonly back: Micros }
  /** The worker gets no processor time. */
  | { readonly kind: 'stall'; readonly router: RouterName; readonly lasts: Micros }
  | { readonly kind: 'link'; readonly router: RouterName; readonly up: boolean }
  /** The interface has, or has not, an address to send from. */
  | { readonly kind: 'source'; readonly router: RouterName; readonly present: boolean }
  /** A tracked script has come to a verdict. */
  | {
      readonly kind: 'script';
      readonly router: RouterName;
      readonly script: ScriptName;
      readonly verdict: Verdict;
    }
  | { readonly kind: 'reload'; readonly router: RouterName; readonly change: ConfigChange }
  /** An operator gives the mastership up for a while, or takes it back. */
  | { readonly kind: 'handover'; readonly router: RouterName; readonly on: boolean }
  /** Somebody deletes the address that stands at this place of the kernel's list, if there is any. */
  | { readonly kind: 'delete-address'; readonly router: RouterName; readonly index: number }
  /** What one sends does not reach the other. */
  | { readonly kind: 'cut'; readonly from: RouterName; readonly to: RouterName; readonly lasts: Micros }
  | { readonly kind: 'weather'; readonly weather: Weather; readonly lasts: Micros }
  /** A stranger sends a packet that is worth nothing to everybody, `times` times, `every` so often. */
  | {
      readonly kind: 'garbage';
      readonly defect: GarbageDefect;
      readonly times: number;
      readonly every: Micros;
    }
);

/** Every router tracks two scripts: `service` has no weight and means FAULT, `load` moves the priority. */
export type ScriptName = 'service' | 'load';

export type Verdict = 'good' | 'bad' | 'undecided';

/** What is wrong with a stranger's packet, that otherwise looks like an advert of priority 254. */
export type GarbageDefect = 'time-to-live' | 'checksum' | 'version' | 'truncated' | 'type';

/** A reload with nothing in it is one of an unchanged file. */
export type ConfigChange = Partial<
  Pick<VrrpInstance, 'priority' | 'advertInterval' | 'nopreempt' | 'preemptDelay' | 'virtualAddresses'>
>;

/** How the LAN treats each packet. */
export interface Weather {
  /** 0 to 1 */
  readonly loss: number;
  readonly duplication: number;
  /** Each delivery takes between the shortest delay and this: packets overtake each other. */
  readonly delayUpTo: Micros;
}
