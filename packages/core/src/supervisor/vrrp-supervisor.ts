import { type Micros, micros, minus, plus, seconds, times, toMillis } from '@holdfast/kit';
import type { FromVrrp, SavedInstance, ToVrrp, VrrpFact, VrrpSlice } from '@holdfast/vrrp';
import { guardShares, holdsTheSame, nextGuardDeadline, overdue, withdrawn } from './guard.ts';
import { type Heartbeat, heard, heartbeatPace, look } from './heartbeat.ts';
import { supervisorMessages as say } from './messages.ts';
import { freshHistory, nextRespawn, type RespawnHistory } from './respawn.ts';
import type { SupervisorOptions, SupervisorPorts, VrrpSupervisor } from './vrrp-ports.ts';
import type { WorkerEnd, WorkerProcess } from './worker-process.ts';

/** Starting, reading a large configuration: a worker may be silent so long before it counts as stuck. */
const busyLimit = seconds(15);
/** A worker that ended in order may have got the same signal as we: ours may still be on its way. */
const orderlyGrace = seconds(0.1);
/** Where a backup takes over sooner than this, a second worker stands ready. */
const spareBelow = seconds(1);
const fatalStatuses = [1, 2, 4];

interface Slot {
  readonly worker: WorkerProcess;
  readonly startedAt: Micros;
  phase: 'starting' | 'ready' | 'configuring' | 'running' | 'stopping';
  phaseSince: Micros;
  heartbeat: Heartbeat;
}

/** Keeps one vrrp worker in charge: starts, configures, watches and replaces it, and withdraws where none is left. */
export function vrrpSupervisor(options: SupervisorOptions, ports: SupervisorPorts): VrrpSupervisor {
  return new Supervisor(options, ports);
}

class Supervisor implements VrrpSupervisor {
  readonly #options: SupervisorOptions;
  readonly #ports: SupervisorPorts;
  #wanted: VrrpSlice | undefined;
  #current: Slot | undefined;
  #spare: Slot | undefined;
  readonly #saved = new Map<string, SavedInstance>();
  #history: RespawnHistory = freshHistory;
  #life: 'keeping' | 'stopping' = 'keeping';
  #sequence = 0;
  #unread = 0;
  /** Removals of addresses that are under way. */
  #withdrawals = 0;
  #spareNotBefore: Micros = micros(0);
  #waiting: (() => void)[] = [];
  #gone: (() => void)[] = [];
  #cancelGuard: () => void = () => undefined;
  #cancelRespawn: () => void = () => undefined;

  constructor(options: SupervisorOptions, ports: SupervisorPorts) {
    this.#options = options;
    this.#ports = ports;
    for (const instance of options.inherited ?? []) this.#saved.set(instance.name, instance);
  }

  get running(): boolean {
    return this.#current !== undefined || this.#spare !== undefined;
  }

  get inUse(): boolean {
    return this.#wanted !== undefined;
  }

  get pid(): number | undefined {
    return this.#current?.phase === 'running' ? this.#current.worker.pid : undefined;
  }

  configure(slice: VrrpSlice, reason: 'start' | 'reload'): Promise<void> {
    const first = this.#wanted === undefined;
    this.#wanted = slice;
    const done = new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
    if (first) {
      this.#takeCharge();
      this.#guard();
      this.#watch();
    } else if (this.#current?.phase === 'running' || this.#current?.phase === 'configuring') {
      this.#hand(this.#current, reason);
    } else if (this.#current === undefined) {
      // Who reloads need not wait for the delay after a death.
      this.#cancelRespawn();
      this.#takeCharge();
    }
    // One that is only starting gets the new slice when it is ready.
    return done;
  }

  tell(message: Extract<ToVrrp, { kind: 'dump' | 'handover' | 'statistics' }>): boolean {
    const slot = this.#current;
    if (slot !== undefined) this.#send(slot, message);
    return slot?.phase === 'running' || slot?.phase === 'configuring';
  }

  scriptFinished(pid: number, message: Extract<ToVrrp, { kind: 'script-finished' }>): void {
    if (this.#current?.worker.pid === pid) this.#send(this.#current, message);
  }

  get saved(): readonly SavedInstance[] {
    return [...this.#saved.values()];
  }

  async stop(patience: Micros, staying: readonly string[] = []): Promise<void> {
    this.#life = 'stopping';
    this.#cancelRespawn();
    for (const slot of this.#slots()) {
      this.#enter(slot, 'stopping');
      this.#send(slot, staying.length === 0 ? { kind: 'stop' } : { kind: 'stop', staying });
    }
    const cancel = this.#ports.later(patience, () => {
      for (const slot of this.#slots()) {
        this.#ports.log(say.killed(slot.worker.pid));
        slot.worker.kill();
      }
    });
    if (this.running) await new Promise<void>((resolve) => void this.#gone.push(resolve));
    cancel();
    this.#cancelGuard();
    if (!this.#options.worker.dontReleaseVrrp)
      this.#withdraw((saved) => saved.phase === 'master' && !staying.includes(saved.name));
  }

  #slots(): readonly Slot[] {
    return [this.#current, this.#spare].filter((slot) => slot !== undefined);
  }

  /** Puts the spare in charge if there is one, else a new process. */
  #takeCharge(): void {
    const slot = this.#spare ?? this.#start(this.#hasMaster());
    this.#spare = undefined;
    this.#current = slot;
    if (slot.phase === 'ready') this.#install(slot);
  }

  /** Only now it may be aimed at: a worker that has not said `ready` dies of an operator's signal. */
  #install(slot: Slot): void {
    this.#ports.inCharge(slot.worker.pid);
    if (this.#withdrawals === 0) this.#hand(slot, 'start');
  }

  /** Its predecessor was master: who comes too late withdraws. */
  #hasMaster(): boolean {
    return this.saved.some(({ phase }) => phase === 'master');
  }

  #start(isUrgent: boolean): Slot {
    const holder: { slot: Slot | undefined } = { slot: undefined };
    const listener = {
      onMessage: (message: FromVrrp) => holder.slot !== undefined && this.#onMessage(holder.slot, message),
      onNonsense: (description: string) => this.#ports.log(say.nonsense(description)),
      onErrorOutput: (line: string) => this.#ports.workerError(worker.pid, line),
      onEnded: (end: WorkerEnd) => holder.slot !== undefined && this.#onEnded(holder.slot, end),
    };
    const worker = this.#ports.fork(listener, { isUrgent });
    const now = this.#ports.now();
    const heartbeat = { lastHeardAt: now, lastLookAt: now };
    holder.slot = { worker, startedAt: now, phase: 'starting', phaseSince: now, heartbeat };
    this.#ports.log(say.starting(worker.pid));
    return holder.slot;
  }

  #hand(slot: Slot, reason: 'start' | 'reload'): void {
    if (this.#wanted === undefined) return;
    this.#enter(slot, 'configuring');
    this.#send(slot, {
      kind: 'configure',
      reason,
      slice: this.#wanted,
      options: this.#options.worker,
      saved: reason === 'start' ? [...this.#saved.values()] : [],
      handedOver: this.#ports.handedOver(),
    });
  }

  #enter(slot: Slot, phase: Slot['phase']): void {
    slot.phase = phase;
    slot.phaseSince = this.#ports.now();
  }

  #send(slot: Slot, message: ToVrrp): void {
    if (slot.worker.send(message)) return;
    this.#unread++;
  }

  #onMessage(slot: Slot, message: FromVrrp): void {
    slot.heartbeat = heard(slot.heartbeat, this.#ports.now());
    switch (message.kind) {
      case 'ready':
        if (slot.phase === 'starting') this.#enter(slot, 'ready');
        if (slot === this.#current && slot.phase === 'ready') this.#install(slot);
        break;
      case 'configured':
        this.#onConfigured(slot);
        break;
      case 'turn':
        for (const fact of message.facts) this.#onFact(slot, fact);
        break;
      case 'dump':
        this.#ports.dumped(message.what, message.text);
        break;
      case 'pong':
      case 'stopped':
        break;
      default:
        message satisfies never;
    }
  }

  #onConfigured(slot: Slot): void {
    if (slot !== this.#current) return;
    if (slot.phase === 'configuring') this.#enter(slot, 'running');
    this.#cancelGuard();
    for (const resolve of this.#waiting.splice(0)) resolve();
    this.#keepSpare();
  }

  #onFact(slot: Slot, fact: VrrpFact): void {
    if (fact.kind === 'saved') {
      if (slot === this.#current) this.#keep(fact.instance);
    } else if (fact.kind === 'removed') {
      if (slot === this.#current && this.#saved.delete(fact.instance)) this.#tellHeld();
    } else this.#ports.fromWorker(slot.worker.pid, fact);
  }

  #keep(instance: SavedInstance): void {
    const before = this.#saved.get(instance.name);
    this.#saved.set(instance.name, instance);
    if (!holdsTheSame(before, instance)) this.#tellHeld();
  }

  #tellHeld(): void {
    this.#ports.held([...this.#saved.values()].filter(({ phase }) => phase === 'master'));
  }

  #onEnded(slot: Slot, end: WorkerEnd): void {
    if (slot === this.#spare) {
      this.#spare = undefined;
      if (this.#life === 'keeping') this.#ports.later(seconds(1), () => this.#keepSpare());
    }
    if (slot === this.#current) {
      this.#current = undefined;
      if (this.#life === 'keeping') this.#afterDeath(slot, end);
    }
    if (!this.running) for (const resolve of this.#gone.splice(0)) resolve();
  }

  #afterDeath(slot: Slot, end: WorkerEnd): void {
    this.#guard();
    // An orderly end that we did not ask for: probably everybody was told to stop (killall), and so are we.
    if (end.status === 0) {
      this.#cancelRespawn = this.#ports.later(orderlyGrace, () => this.#replace(slot, end));
      return;
    }
    this.#replace(slot, end);
  }

  #replace(slot: Slot, end: WorkerEnd): void {
    if (end.status !== undefined && fatalStatuses.includes(end.status)) {
      this.#sweep();
      this.#ports.log(say.fatal(slot.worker.pid, end.status));
      this.#ports.fatal(end.status);
      return;
    }
    if (!this.#options.respawn) {
      this.#sweep();
      this.#ports.log(say.endsDaemon(slot.worker.pid, end));
      this.#ports.fatal(0);
      return;
    }
    this.#ports.log(say.died(slot.worker.pid, end));
    const { delay, history } = nextRespawn(this.#history, minus(this.#ports.now(), slot.startedAt));
    this.#history = history;
    // One that stands ready costs no start: only the next spare has to wait.
    if (delay === 0 || this.#spare?.phase === 'ready') {
      this.#spareNotBefore = plus(this.#ports.now(), delay);
      this.#takeCharge();
      return;
    }
    this.#ports.log(say.delayed(delay));
    this.#sweep();
    this.#cancelRespawn = this.#ports.later(delay, () => this.#takeCharge());
  }

  /** Removes addresses as soon as no worker can have resumed in time. */
  #guard(): void {
    this.#cancelGuard();
    const now = this.#ports.now();
    const share = this.#current?.phase === 'configuring' ? guardShares.successorAtWork : guardShares.alone;
    const gone = new Set(overdue(this.#saved.values(), now, share));
    if (gone.size > 0) this.#withdraw((saved) => gone.has(saved));
    const next = nextGuardDeadline(this.#saved.values(), share);
    if (next === undefined) return;
    this.#cancelGuard = this.#ports.later(minus(next, now), () => this.#guard());
  }

  /**
   * A worker may die between adding an address and reporting it. A successor that comes at once looks itself; where none
   * does, nobody else would.
   */
  #sweep(): void {
    const silent = (this.#wanted?.vrrpInstances ?? []).filter(
      ({ name }) => this.#saved.get(name)?.phase !== 'master',
    );
    if (silent.length > 0) this.#await(this.#ports.sweep(silent));
  }

  #withdraw(concerns: (saved: SavedInstance) => boolean): void {
    const instances = [...this.#saved.values()].filter(concerns);
    if (instances.length === 0) return;
    this.#await(this.#ports.withdraw(instances));
    this.#ports.log(say.withdrawn(instances.map(({ name }) => name)));
    for (const instance of instances) this.#keep(withdrawn(instance));
  }

  #await(withdrawal: Promise<void>): void {
    this.#withdrawals++;
    void withdrawal.then(() => this.#onWithdrawn());
  }

  /** Only now the next worker begins: what it sets up would be taken away again. */
  #onWithdrawn(): void {
    this.#withdrawals--;
    if (this.#withdrawals === 0 && this.#current?.phase === 'ready') this.#hand(this.#current, 'start');
  }

  /** Looks at the workers again and again, as long as there is one to look at. */
  #watch(): void {
    const pace = heartbeatPace(this.#smallestMasterDown());
    this.#ports.later(pace.pingEvery, () => {
      if (this.#unread > 0) this.#ports.log(say.unread(this.#unread));
      this.#unread = 0;
      for (const slot of this.#slots()) this.#lookAt(slot);
      if (this.#life === 'keeping') this.#watch();
    });
  }

  #lookAt(slot: Slot): void {
    const now = this.#ports.now();
    const pace = heartbeatPace(this.#smallestMasterDown());
    const idle = slot.phase === 'running' || slot.phase === 'ready';
    const patient = idle ? pace : { ...pace, stuckAfter: busyLimit };
    const { verdict, heartbeat } = look(slot.heartbeat, now, patient);
    slot.heartbeat = heartbeat;
    if (verdict === 'alive') {
      this.#send(slot, { kind: 'ping', sequence: this.#sequence++ });
      return;
    }
    this.#ports.log(say.stuck(slot.worker.pid));
    slot.worker.kill();
  }

  #smallestMasterDown(): Micros | undefined {
    const intervals = (this.#wanted?.vrrpInstances ?? []).map((instance) =>
      times(instance.advertInterval, Math.min(3, instance.downTimerAdverts)),
    );
    return intervals.length === 0 ? undefined : micros(Math.min(...intervals));
  }

  #keepSpare(): void {
    const smallest = this.#smallestMasterDown();
    const wantSpare = this.#life === 'keeping' && smallest !== undefined && smallest < spareBelow;
    const wait = minus(this.#spareNotBefore, this.#ports.now());
    if (wantSpare && this.#spare === undefined && wait > 0) this.#ports.later(wait, () => this.#keepSpare());
    else if (wantSpare && this.#spare === undefined) this.#spare = this.#start(false);
    if (!wantSpare && this.#spare !== undefined) this.#spare.worker.kill();
  }
}

/** Milliseconds for a timer of Node that must not fire late: rounded down, at least 0. */
export const timerMillis = (delay: Micros): number => Math.max(0, Math.floor(toMillis(delay)));
