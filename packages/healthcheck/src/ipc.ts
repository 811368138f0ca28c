import type { Config, ScriptCommand, VirtualServer } from '@holdfast/config';
import type { Micros } from '@holdfast/kit';
import type { PoolStatistics } from './logic/statistics.ts';
import type { HealthLogRecord, SavedPools, ServerWish } from './logic/types.ts';
import type { PackedServers } from './packed-servers.ts';

/** The healthcheck worker's slice of the typed configuration. */
export type HealthSlice = Pick<Config, 'global' | 'virtualServers'>;

/** What core tells the healthcheck worker. */
export type ToHealthcheck =
  /**
   * A long list of virtual servers comes in parts, so that neither side holds all of its text: these stand before those
   * of the `configure` or `change` that follows, which says how many came so.
   * @param at how many of them came before; 0: the first ones
   */
  | { readonly kind: 'part'; readonly at: number; readonly virtualServers: PackedServers }
  | Configure<PackedServers>
  | Change<PackedServers>
  /** What the vrrp_instance that `lvs_sync_daemon` names is; until this is said: a backup. */
  | { readonly kind: 'sync-role'; readonly role: 'master' | 'backup' }
  /** A MISC_CHECK's program has ended; a timeout was enforced by core. */
  | { readonly kind: 'script-finished'; readonly run: number; readonly outcome: ScriptOutcome }
  | { readonly kind: 'dump'; readonly what: 'data' }
  /** All that an operator wants now. */
  | { readonly kind: 'wishes'; readonly wishes: PoolWishes }
  /** Asks for the last checks and the kernel's counters; the answer is a fact with the same number. */
  | { readonly kind: 'statistics'; readonly query: number }
  | { readonly kind: 'ping'; readonly sequence: number }
  /** `staying`: a successor is about to go on; the table stays as it is, and nothing is said. */
  | { readonly kind: 'stop'; readonly staying?: boolean };

/**
 * Once at start and at every accepted reload. `saved` is what the worker's predecessor last reported; `undefined`: there
 * was none, this is the first start.
 * @typeParam Servers the virtual servers: packed while they travel
 */
export interface Configure<Servers = readonly VirtualServer[]> {
  readonly kind: 'configure';
  readonly reason: 'start' | 'reload';
  readonly slice: { readonly global: HealthSlice['global']; readonly virtualServers: Servers };
  readonly options: HealthOptions;
  readonly saved: SavedPools | undefined;
  /** What an operator wants of single servers; nothing where it is left out. */
  readonly wishes?: PoolWishes;
  /** Virtual servers that came in parts. */
  readonly before?: number;
}

/** An accepted reload, for a worker that has the slice before: only the virtual servers that are new or different. */
export interface Change<Servers = readonly VirtualServer[]> {
  readonly kind: 'change';
  readonly global: HealthSlice['global'];
  readonly changed: Servers;
  /** The keys of those that are not there any more. */
  readonly gone: readonly string[];
  /** Those of `changed` that came in parts. */
  readonly before?: number;
}

/** By the key of the virtual server. */
export type PoolWishes = Readonly<Record<string, readonly ServerWish[]>>;

/** Command line switches that the worker obeys. */
export interface HealthOptions {
  /** `-I`: leave the services in the kernel at stop. */
  readonly dontReleaseIpvs: boolean;
  /** `-D` */
  readonly logDetail: boolean;
}

export type ScriptOutcome =
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'not-started'; readonly reason: string };

/** What the healthcheck worker tells core. Everything that one turn of its loop produced travels as one `turn`. */
export type FromHealthcheck =
  | { readonly kind: 'ready'; readonly pid: number }
  | { readonly kind: 'configured'; readonly reason: 'start' | 'reload' }
  | { readonly kind: 'turn'; readonly facts: readonly HealthFact[] }
  | { readonly kind: 'pong'; readonly sequence: number }
  | { readonly kind: 'dump'; readonly what: 'data'; readonly text: string }
  | { readonly kind: 'stopped' };

export type HealthFact =
  | { readonly kind: 'log'; readonly record: HealthLogRecord; readonly at: Micros }
  /** notify_up, notify_down, quorum_up, quorum_down: started at once, not waited for. */
  | { readonly kind: 'notify'; readonly command: ScriptCommand; readonly extra: readonly string[] }
  /** A MISC_CHECK is due; the outcome comes back as `script-finished` with the same number. */
  | {
      readonly kind: 'run-script';
      readonly run: number;
      readonly command: ScriptCommand;
      readonly timeout: Micros;
    }
  /** The outcome of a run is not wanted any more: its program is ended. */
  | { readonly kind: 'cancel-script'; readonly run: number }
  /** What a successor has to know: only what has changed since the last one; `mergeSaved` puts both together. */
  | { readonly kind: 'saved'; readonly pools: SavedPools }
  | {
      readonly kind: 'statistics';
      readonly query: number;
      readonly pools: readonly PoolStatistics[];
      /** Whether the kernel's table has been reached: without it no server serves, however healthy. */
      readonly hasTable: boolean;
    };
