import type { Config, ScriptCommand } from '@holdfast/config';
import type { Micros } from '@holdfast/kit';
import type { InstanceStatistics, InstanceStatus, Transition } from './logic/status.ts';
import type { InstanceName, SavedInstance, VrrpLogRecord } from './logic/types.ts';

/** The vrrp worker's slice of the typed configuration. */
export type VrrpSlice = Pick<Config, 'global' | 'vrrpScripts' | 'vrrpInstances'>;

/** What core tells the vrrp worker. */
export type ToVrrp =
  /** Once at start and at every accepted reload. `saved` is what the worker's predecessor last reported. */
  | {
      readonly kind: 'configure';
      readonly reason: 'start' | 'reload';
      readonly slice: VrrpSlice;
      readonly options: VrrpOptions;
      readonly saved: readonly SavedInstance[];
      /** The instances that an operator has handed over; none where it is left out. */
      readonly handedOver?: readonly InstanceName[];
    }
  /** A run of a `vrrp_script` has ended; a timeout was enforced by core. */
  | {
      readonly kind: 'script-finished';
      readonly script: string;
      readonly run: number;
      readonly outcome: ScriptOutcome;
    }
  /** An operator's signal, passed on. */
  | { readonly kind: 'dump'; readonly what: 'data' | 'stats' | 'stats-clear' | 'json' }
  /** An operator gives the mastership of an instance up for a while, or takes it back. */
  | { readonly kind: 'handover'; readonly instance: InstanceName; readonly on: boolean }
  /** Asks for what changes with every packet; the answer is a fact with the same number. */
  | { readonly kind: 'statistics'; readonly query: number }
  | { readonly kind: 'ping'; readonly sequence: number }
  /**
   * `staying`: instances that a successor is about to go on with. They say nothing and leave everything as it is; a
   * master sends one advert more.
   */
  | { readonly kind: 'stop'; readonly staying?: readonly InstanceName[] };

/** Command line switches that the worker obeys. */
export interface VrrpOptions {
  /** `-V`: keep addresses and send no priority 0 at stop. */
  readonly dontReleaseVrrp: boolean;
  /** `-X`: remove VIPs when leaving master even if they were not added by us. */
  readonly releaseVips: boolean;
  /** `-D`: detailed log records too. */
  readonly logDetail: boolean;
}

export type ScriptOutcome =
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'not-started'; readonly reason: string };

/** What the vrrp worker tells core. Everything that one turn of its loop produced travels as one `turn` message. */
export type FromVrrp =
  /** Signal handlers are installed, the title is set: the worker may be aimed at and configured. */
  | { readonly kind: 'ready'; readonly pid: number }
  /** A `configure` was carried out. */
  | { readonly kind: 'configured'; readonly reason: 'start' | 'reload' }
  | { readonly kind: 'turn'; readonly facts: readonly VrrpFact[] }
  | { readonly kind: 'pong'; readonly sequence: number }
  /** The text of a dump, to be written to its file by core. */
  | { readonly kind: 'dump'; readonly what: 'data' | 'stats' | 'json'; readonly text: string }
  /** All is withdrawn; the worker ends now. */
  | { readonly kind: 'stopped' };

export type VrrpFact =
  | { readonly kind: 'log'; readonly record: VrrpLogRecord; readonly at: Micros }
  /** Run a notify script: started at once, not waited for. */
  | { readonly kind: 'notify'; readonly command: ScriptCommand; readonly extra: readonly string[] }
  /** Run a `vrrp_script`; the outcome comes back as `script-finished`. */
  | {
      readonly kind: 'run-script';
      readonly script: string;
      /** Comes back with the outcome: a reload may have put another program under the same name meanwhile. */
      readonly run: number;
      readonly command: ScriptCommand;
      readonly timeout: Micros;
    }
  /** An instance's resumable state has changed: an advert went out, or it entered another state. */
  | { readonly kind: 'saved'; readonly instance: SavedInstance }
  | { readonly kind: 'removed'; readonly instance: InstanceName }
  /** What an operator is shown of an instance is different from what was last told. */
  | { readonly kind: 'status'; readonly status: InstanceStatus }
  | { readonly kind: 'transition'; readonly transition: Transition }
  | {
      readonly kind: 'statistics';
      readonly query: number;
      readonly instances: readonly InstanceStatistics[];
    };
