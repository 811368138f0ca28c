import type { VrrpInstance } from '@holdfast/config';
import type { Micros } from '@holdfast/kit';
import type { SavedInstance, ToVrrp, VrrpFact, VrrpOptions, VrrpSlice } from '@holdfast/vrrp';
import type { LogRecord } from '../log/record.ts';
import type { ForkWorker } from './worker-process.ts';

/** What the supervisor needs of the rest of core. */
export interface SupervisorPorts {
  readonly fork: ForkWorker;
  /** The monotonic clock, which the workers' reports refer to. */
  readonly now: () => Micros;
  /** Calls back once; the returned function cancels. */
  readonly later: (delay: Micros, run: () => void) => () => void;
  readonly log: (record: LogRecord) => void;
  readonly fromWorker: (pid: number, fact: Exclude<VrrpFact, { kind: 'saved' | 'removed' }>) => void;
  readonly dumped: (what: 'data' | 'stats' | 'json', text: string) => void;
  /** A line a crashing worker wrote to its stderr. */
  readonly workerError: (pid: number, line: string) => void;
  /** The worker in charge is another process now, and its signal handlers stand: for its pid file. */
  readonly inCharge: (pid: number) => void;
  /** Other addresses are held now than before: those of these instances. */
  readonly held: (masters: readonly SavedInstance[]) => void;
  /** Removes the addresses of instances for which nobody speaks any more. */
  readonly withdraw: (instances: readonly SavedInstance[]) => Promise<void>;
  /** Removes what carries our mark of instances that hold nothing, as far as was reported. */
  readonly sweep: (instances: readonly VrrpInstance[]) => Promise<void>;
  /** The instances that an operator has handed over. */
  readonly handedOver: () => readonly string[];
  /** The daemon must end: with this status; the supervisor has stopped already. */
  readonly fatal: (status: number) => void;
}

export interface SupervisorOptions {
  readonly worker: VrrpOptions;
  readonly respawn: boolean;
  /** What a daemon that was stopped for a restart knew of its instances. */
  readonly inherited?: readonly SavedInstance[];
}

export interface VrrpSupervisor {
  /** Starts the worker, or hands the running one its new slice; resolves when it has been carried out. */
  configure(slice: VrrpSlice, reason: 'start' | 'reload'): Promise<void>;
  /** Passes an operator's message on. @returns whether there is a worker that can be told now */
  tell(message: Extract<ToVrrp, { kind: 'dump' | 'handover' | 'statistics' }>): boolean;
  /** Passed on to the worker that asked, if it is still in charge. */
  scriptFinished(pid: number, message: Extract<ToVrrp, { kind: 'script-finished' }>): void;
  /**
   * Ends the workers; resolves when they are gone.
   * @param patience after which they are killed
   * @param staying instances that a successor goes on with: their addresses stay
   */
  stop(patience: Micros, staying?: readonly string[]): Promise<void>;
  /** What is known of the instances, as last reported. */
  readonly saved: readonly SavedInstance[];
  readonly running: boolean;
  /** True from the first configuration on, also between a worker's death and its successor's start. */
  readonly inUse: boolean;
  /** Of the worker in charge, while it carries a configuration out. */
  readonly pid: number | undefined;
}
