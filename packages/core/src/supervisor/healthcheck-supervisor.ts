import {
  type Configure,
  type FromHealthcheck,
  type HealthFact,
  type HealthOptions,
  type HealthSlice,
  type PoolWishes,
  type SavedPools,
  type ToHealthcheck,
  unsettled,
  withoutAwaited,
  withoutGone,
} from '@holdfast/healthcheck';
import { type Micros, micros, minus, seconds } from '@holdfast/kit';
import type { LogRecord } from '../log/record.ts';
import { heapFor } from './heap-for.ts';
import { type Heartbeat, type HeartbeatPace, heard, look } from './heartbeat.ts';
import { inParts } from './in-parts.ts';
import { workerMessages } from './messages.ts';
import { freshHistory, nextRespawn, type RespawnHistory } from './respawn.ts';
import { type SavedBook, savedBook } from './saved-book.ts';
import { sliceChange } from './slice-change.ts';
import type { ForkWorker, WorkerEnd, WorkerListener, WorkerProcess } from './worker-process.ts';

/** What the supervisor needs of the rest of core. */
export interface HealthcheckPorts {
  readonly fork: ForkWorker<ToHealthcheck, FromHealthcheck>;
  /** The monotonic clock. */
  readonly now: () => Micros;
  /** Calls back once; the returned function cancels. */
  readonly later: (delay: Micros, run: () => void) => () => void;
  readonly log: (record: LogRecord) => void;
  readonly fromWorker: (pid: number, fact: Exclude<HealthFact, { kind: 'saved' }>) => void;
  /** What many facts lead to, the log above all, may be done together at the end of `run`. */
  readonly together: (run: () => void) => void;
  readonly dumped: (text: string) => void;
  /** A line a crashing worker wrote to its stderr. */
  readonly workerError: (pid: number, line: string) => void;
  /** The worker is another process now, and its signal handlers stand: for its pid file. */
  readonly inCharge: (pid: number) => void;
  /** The worker is gone: whatever it asked for is of no use any more. */
  readonly gone: (pid: number) => void;
  /** What an operator wants of single servers, for a worker that begins. */
  readonly wishes: () => PoolWishes;
  /** The daemon must end: with this status. */
  readonly fatal: (status: number) => void;
}

export interface HealthcheckSupervisor {
  /**
   * Starts the worker, or hands the running one its new slice; resolves when it has been carried out, or when the
   * worker died over it: its successor is configured too, and nobody waits for that.
   */
  configure(slice: HealthSlice, reason: 'start' | 'reload'): Promise<void>;
  dump(): void;
  /** An operator's message to the worker. @returns whether there is one that can be told now */
  tell(message: Extract<ToHealthcheck, { kind: 'wishes' | 'statistics' }>): boolean;
  /** Passed on to the worker that asked, if it is still in charge. */
  scriptFinished(pid: number, message: Extract<ToHealthcheck, { kind: 'script-finished' }>): void;
  /** The vrrp_instances that are master now: `lvs_sync_daemon` may follow one. @param names of the instances */
  follow(names: readonly string[]): void;
  /**
   * Ends the worker; resolves when it is gone. Taking a long table away may take longer than the patience: then it is
   * killed only if it answers no more, or after half a minute.
   * @param patience how long it may take at least
   * @param staying a successor is about to go on: the table stays as it is
   */
  stop(patience: Micros, staying?: boolean): Promise<void>;
  /** True from the first configuration on, also between a worker's death and its successor's start. */
  readonly inUse: boolean;
  /** Of the worker, while it carries a configuration out. */
  readonly pid: number | undefined;
  /** The health of all real servers, as last reported. */
  readonly saved: SavedPools;
}

/** Nobody takes over while the worker is silent, and a table of ten thousand servers keeps it busy: patience costs little. */
const pace: HeartbeatPace = { pingEvery: seconds(1), stuckAfter: seconds(5) };
/** Starting and configuring. */
const busyPace: HeartbeatPace = { ...pace, stuckAfter: seconds(30) };
/** Half a minute: so long it may take ten thousand servers away. */
const longestStop = seconds(30);
/** A worker that ended in order may have got the same signal as we: ours may still be on its way. */
const orderlyGrace = seconds(0.1);
const fatalStatuses = [1, 2, 4];
const say = workerMessages('Healthcheck');

export interface HealthcheckOptions {
  readonly worker: HealthOptions;
  readonly respawn: boolean;
  /** What a daemon that was stopped for a restart knew of its pools. */
  readonly inherited?: SavedPools | undefined;
}

interface Slot {
  readonly worker: WorkerProcess<ToHealthcheck>;
  readonly startedAt: Micros;
  phase: 'starting' | 'configuring' | 'running' | 'stopping';
  /** The slice that it has, or is about to read. */
  handed: HealthSlice | undefined;
  /** A slice could not be sent, as too much was unread: it is tried again. */
  unsent: 'start' | 'reload' | undefined;
  /** The role of the sync daemon's instance, as it believes. */
  syncRole: 'master' | 'backup';
  /** Files that it has not confirmed, and the virtual servers that are others in them. */
  unconfirmed: number;
  readonly awaited: Set<string>;
  heartbeat: Heartbeat;
}

/**
 * Keeps one healthcheck worker alive: starts, configures, watches and replaces it. The kernel's table stays as it is
 * while there is none, and the successor, told what its predecessor knew, adopts it.
 */
export function healthcheckSupervisor(
  options: HealthcheckOptions,
  ports: HealthcheckPorts,
): HealthcheckSupervisor {
  return new Supervisor(options, ports);
}

class Supervisor implements HealthcheckSupervisor {
  readonly #options: HealthcheckOptions;
  readonly #ports: HealthcheckPorts;
  #wanted: HealthSlice | undefined;
  #slot: Slot | undefined;
  readonly #saved: SavedBook;
  /** A worker has been told to begin, now or before this daemon took over: it may have left something in the kernel. */
  #hasPast: boolean;
  #masters: readonly string[] = [];
  #history: RespawnHistory = freshHistory;
  #life: 'keeping' | 'stopping' = 'keeping';
  #sequence = 0;
  #unread = 0;
  #waiting: (() => void)[] = [];
  #gone: (() => void)[] = [];
  #cancelRespawn: () => void = () => undefined;

  constructor(options: HealthcheckOptions, ports: HealthcheckPorts) {
    this.#options = options;
    this.#ports = ports;
    this.#saved = savedBook(options.inherited);
    this.#hasPast = options.inherited !== undefined;
  }

  get inUse(): boolean {
    return this.#wanted !== undefined;
  }

  configure(slice: HealthSlice, reason: 'start' | 'reload'): Promise<void> {
    const first = this.#wanted === undefined;
    const { changed, gone } = sliceChange(this.#wanted ?? { ...slice, virtualServers: [] }, slice);
    this.#wanted = slice;
    const others = [...gone, ...changed.map(({ key }) => key)];
    // What a daemon that was stopped for a restart has left is of this very file.
    if (!first && others.length > 0)
      this.#saved.change((saved) => withoutGone(unsettled(saved, others), keysOf(slice)));
    if (this.#life === 'stopping') return Promise.resolve();
    const done = new Promise<void>((resolve) => void this.#waiting.push(resolve));
    if (first) this.#watch();
    // Who reloads need not wait for the delay after a death.
    if (this.#slot === undefined) this.#start();
    else if (this.#slot.phase !== 'starting') {
      for (const key of others) this.#slot.awaited.add(key);
      this.#hand(this.#slot, reason);
    }
    // One that is only starting gets the new slice when it is ready.
    return done;
  }

  get pid(): number | undefined {
    return this.#slot?.phase === 'running' ? this.#slot.worker.pid : undefined;
  }

  get saved(): SavedPools {
    return this.#saved.read();
  }

  tell(message: Extract<ToHealthcheck, { kind: 'wishes' | 'statistics' }>): boolean {
    const slot = this.#slot;
    if (slot === undefined || slot.phase === 'starting') return false;
    this.#send(slot, message);
    return true;
  }

  follow(names: readonly string[]): void {
    this.#masters = names;
    if (this.#slot !== undefined && this.#slot.phase !== 'stopping') this.#tellRole(this.#slot);
  }

  dump(): void {
    if (this.#slot !== undefined) this.#send(this.#slot, { kind: 'dump', what: 'data' });
  }

  scriptFinished(pid: number, message: Extract<ToHealthcheck, { kind: 'script-finished' }>): void {
    if (this.#slot?.worker.pid === pid) this.#send(this.#slot, message);
  }

  async stop(patience: Micros, staying: boolean = false): Promise<void> {
    this.#life = 'stopping';
    this.#cancelRespawn();
    this.#answerWaiting();
    const slot = this.#slot;
    if (slot === undefined) return;
    slot.phase = 'stopping';
    this.#send(slot, staying ? { kind: 'stop', staying } : { kind: 'stop' });
    const cancel = this.#ports.later(micros(Math.max(patience, longestStop)), () => {
      this.#ports.log(say.killed(slot.worker.pid));
      slot.worker.kill();
    });
    if (this.#slot !== undefined) await new Promise<void>((resolve) => void this.#gone.push(resolve));
    cancel();
  }

  #start(): void {
    this.#cancelRespawn();
    const holder: { slot: Slot | undefined } = { slot: undefined };
    const listener: WorkerListener<FromHealthcheck> = {
      onMessage: (message) => holder.slot !== undefined && this.#onMessage(holder.slot, message),
      onNonsense: (description) => this.#ports.log(say.nonsense(description)),
      onErrorOutput: (line) => this.#ports.workerError(worker.pid, line),
      onEnded: (end) => holder.slot !== undefined && this.#onEnded(holder.slot, end),
    };
    const worker = this.#ports.fork(listener, {
      kept: this.#wanted === undefined ? 0 : heapFor(this.#wanted),
    });
    const now = this.#ports.now();
    const heartbeat = { lastHeardAt: now, lastLookAt: now };
    holder.slot = {
      worker,
      startedAt: now,
      phase: 'starting',
      handed: undefined,
      unsent: undefined,
      syncRole: 'backup',
      unconfirmed: 0,
      awaited: new Set<string>(),
      heartbeat,
    };
    this.#slot = holder.slot;
    this.#ports.log(say.starting(worker.pid));
  }

  #hand(slot: Slot, why: 'start' | 'reload'): void {
    if (this.#wanted === undefined || slot.phase === 'stopping') return;
    // One that never had a slice is still to be told what its predecessor knew.
    const reason = slot.unsent === 'start' ? 'start' : why;
    slot.phase = 'configuring';
    slot.unconfirmed++;
    const message =
      slot.handed === undefined ? this.#whole(this.#wanted, reason) : sliceChange(slot.handed, this.#wanted);
    // Where it could not be sent nobody knows what the worker has: the next time it gets everything.
    const isSent = inParts(message).every((part) => this.#send(slot, part));
    slot.handed = isSent ? this.#wanted : undefined;
    this.#hasPast ||= isSent;
    slot.unsent = isSent ? undefined : reason;
    if (!isSent) slot.unconfirmed--;
    this.#tellRole(slot);
  }

  /** Once per change: a worker that was not told yet takes the instance for a backup. */
  #tellRole(slot: Slot): void {
    const instance = slot.handed?.global.health?.syncDaemon?.instance;
    if (instance === undefined) return;
    const role = this.#masters.includes(instance) ? 'master' : 'backup';
    if (role !== slot.syncRole && this.#send(slot, { kind: 'sync-role', role })) slot.syncRole = role;
  }

  #whole(slice: HealthSlice, reason: 'start' | 'reload'): Configure {
    const saved = reason === 'start' && this.#hasPast ? this.#saved.read() : undefined;
    const wishes = this.#ports.wishes();
    return { kind: 'configure', reason, slice, options: this.#options.worker, saved, wishes };
  }

  #send(slot: Slot, message: ToHealthcheck): boolean {
    const isSent = slot.worker.send(message);
    if (!isSent) this.#unread++;
    return isSent;
  }

  #onMessage(slot: Slot, message: FromHealthcheck): void {
    slot.heartbeat = heard(slot.heartbeat, this.#ports.now());
    switch (message.kind) {
      case 'ready':
        if (slot.phase !== 'starting') break;
        // Only now it may be aimed at: before, an operator's signal would be the death of it.
        this.#ports.inCharge(slot.worker.pid);
        this.#hand(slot, 'start');
        break;
      case 'configured':
        if (--slot.unconfirmed === 0) slot.awaited.clear();
        if (slot.phase === 'configuring') slot.phase = 'running';
        this.#answerWaiting();
        break;
      case 'turn':
        this.#ports.together(() => {
          for (const fact of message.facts) this.#onFact(slot, fact);
        });
        break;
      case 'dump':
        this.#ports.dumped(message.text);
        break;
      case 'pong':
      case 'stopped':
        break;
      default:
        message satisfies never;
    }
  }

  #onFact(slot: Slot, fact: HealthFact): void {
    if (fact.kind === 'saved') this.#saved.note(withoutAwaited(fact.pools, slot.awaited));
    else this.#ports.fromWorker(slot.worker.pid, fact);
  }

  #answerWaiting(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #onEnded(slot: Slot, end: WorkerEnd): void {
    if (slot !== this.#slot) return;
    this.#slot = undefined;
    this.#ports.gone(slot.worker.pid);
    this.#answerWaiting();
    for (const resolve of this.#gone.splice(0)) resolve();
    if (this.#life === 'stopping') return;
    // An orderly end that we did not ask for: probably everybody was told to stop (killall), and so are we.
    if (end.status === 0)
      this.#cancelRespawn = this.#ports.later(orderlyGrace, () => this.#replace(slot, end));
    else this.#replace(slot, end);
  }

  #replace(slot: Slot, end: WorkerEnd): void {
    if (end.status !== undefined && fatalStatuses.includes(end.status)) {
      this.#ports.log(say.fatal(slot.worker.pid, end.status));
      this.#ports.fatal(end.status);
      return;
    }
    if (!this.#options.respawn) {
      this.#ports.log(say.endsDaemon(slot.worker.pid, end));
      this.#ports.fatal(0);
      return;
    }
    this.#ports.log(say.died(slot.worker.pid, end));
    const { delay, history } = nextRespawn(this.#history, minus(this.#ports.now(), slot.startedAt));
    this.#history = history;
    if (delay === 0) {
      this.#start();
      return;
    }
    this.#ports.log(say.delayed(delay));
    this.#cancelRespawn = this.#ports.later(delay, () => this.#start());
  }

  /** Looks at the worker again and again. */
  #watch(): void {
    this.#ports.later(pace.pingEvery, () => {
      if (this.#life === 'stopping' && this.#slot === undefined) return;
      if (this.#unread > 0) this.#ports.log(say.unread(this.#unread));
      this.#unread = 0;
      if (this.#slot !== undefined) this.#lookAt(this.#slot);
      this.#watch();
    });
  }

  #lookAt(slot: Slot): void {
    const patient = slot.phase === 'running' || slot.phase === 'stopping' ? pace : busyPace;
    const { verdict, heartbeat } = look(slot.heartbeat, this.#ports.now(), patient);
    slot.heartbeat = heartbeat;
    if (verdict === 'alive') {
      this.#send(slot, { kind: 'ping', sequence: this.#sequence++ });
      // Somebody waits for it, and the next reload waits for that one.
      if (slot.unsent !== undefined) this.#hand(slot, slot.unsent);
      return;
    }
    this.#ports.log(say.stuck(slot.worker.pid));
    slot.worker.kill();
  }
}

/** The virtual servers of a slice with those of their real servers. */
const keysOf = ({ virtualServers }: HealthSlice): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(
    virtualServers.map(({ key, realServers }) => [key, new Set(realServers.map((server) => server.key))]),
  );
