import type { VirtualServer } from '@holdfast/config';
import type { Ipvs, IpvsFailure } from '@holdfast/ipvs-netlink';
import type { Clock, IpAddress, Micros, Random, Result } from '@holdfast/kit';
import type { Done, RunningCheck } from '../checkers/types.ts';
import type { FromHealthcheck } from '../ipc.ts';
import type { HealthEffect } from '../logic/types.ts';

/**
 * What the worker asks of the world, by role. The real ones stand beside this file; tests hand in their own. Nothing
 * here decides anything.
 */
export interface Ports {
  readonly clock: Clock;
  readonly random: Random;
  readonly openTimer: (onExpire: () => void) => Timer;
  /** Calls back once when everything that has arrived by now was handed over. */
  readonly soon: (then: () => void) => void;
  readonly startCheck: StartCheck;
  readonly openIpvs: () => Promise<Result<Ipvs, IpvsFailure>>;
  /** The program that loads modules, as the kernel knows it. */
  readonly modprobe: string;
  readonly watchAddresses: WatchAddresses;
  readonly parent: Parent;
  readonly process: Process;
  /** Checks with sockets that may be under way at once; the others wait for their turn. */
  readonly mostInFlight: number;
}

/** One timer at an absolute time of the clock. Arming it again moves it. */
export interface Timer {
  arm(at: Micros): void;
  disarm(): void;
  close(): void;
}

export type CheckEffect = Extract<HealthEffect, { kind: 'check' }>;

/** Begins a check over a socket. Programs of MISC_CHECK are core's. */
export type StartCheck = (effect: CheckEffect, of: VirtualServer, done: Done) => RunningCheck;

/** The addresses of this machine, for `ha_suspend`. */
export interface Addresses {
  holds(address: IpAddress): boolean;
}

/** Lists them, and calls `onChange` from then on whenever they are others. */
export type WatchAddresses = (onChange: () => void) => Promise<Result<Addresses, PortFailure>>;

/** Why the world refused something: what was asked (with its object), and the errno's name. */
export interface PortFailure {
  readonly what: string;
  readonly code: string;
}

/** Core, at the other end of the IPC channel. */
export interface Parent {
  /** @param onWritten the kernel has taken it; not called any more once the channel is closed */
  send(message: FromHealthcheck, onWritten: () => void): void;
}

/** The process itself. */
export interface Process {
  setTitle(title: string): void;
  /** SCHED_RR priority of the main thread, or its nice value; a refusal comes back. */
  setScheduling(
    scheduling: { readonly realtime: number } | { readonly nice: number },
  ): PortFailure | undefined;
  /** The first table stands: what runs from now on runs often. Once is enough. */
  optimize(): void;
  exit(code: number): void;
}
