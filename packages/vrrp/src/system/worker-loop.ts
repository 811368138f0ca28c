import { ok, type Result } from '@holdfast/kit';
import { dumpText } from '../dump/dump.ts';
import type { ToVrrp, VrrpSlice } from '../ipc.ts';
import type { InstanceName } from '../logic/types.ts';
import { defaultRealtimePriority } from './hurry.ts';
import { type Machine, watchMachine } from './machine.ts';
import { openOutbox } from './outbox.ts';
import type { PortFailure, Ports } from './ports.ts';
import { Router } from './router.ts';

type Configure = Extract<ToVrrp, { kind: 'configure' }>;

/** The vrrp worker, apart from the process that carries it. */
export interface Worker {
  /** A message of core's. */
  receive(message: ToVrrp): void;
  /** Withdraws everything and ends the process: told to by a signal, or because core is dead. */
  terminate(why: 'told' | 'parent-gone'): void;
}

/** Exit codes that core does not answer with a new worker (daemon-interface: fatal, missing permission). */
const exitFatal = 1;
const exitPermission = 4;

/**
 * Lists links and addresses, reports `ready` and then serves core. What arrives while the first configuration waits
 * for its transport is kept in order.
 * @returns why the machine could not be looked at, if it could not
 */
export async function openWorker(ports: Ports, pid: number): Promise<Result<Worker, PortFailure>> {
  const outbox = openOutbox(ports.parent);
  let router: Router | undefined;
  const watched = await watchMachine(ports.routes, {
    concerns: (event) => router?.concerns(event) ?? false,
    onChange: () => router?.machineChanged(),
    onAddressGone: (name, gone) => router?.addressGone(name, gone),
  });
  if (!watched.ok) {
    const { request, code, text } = watched.error;
    return { ok: false, error: { what: `${request}${text === '' ? '' : ` (${text})`}`, code } };
  }
  const worker = new WorkerLoop(ports, watched.value, outbox, (opened) => {
    router = opened;
  });
  outbox.send({ kind: 'ready', pid });
  return ok(worker);
}

class WorkerLoop implements Worker {
  readonly #ports: Ports;
  readonly #machine: Machine;
  readonly #outbox: ReturnType<typeof openOutbox>;
  readonly #onRouter: (router: Router) => void;
  #router: Router | undefined;
  /** Messages behind a configuration whose transport is being opened. */
  #waiting: ToVrrp[] | undefined;
  #terminating: boolean = false;

  constructor(
    ports: Ports,
    machine: Machine,
    outbox: ReturnType<typeof openOutbox>,
    onRouter: (router: Router) => void,
  ) {
    this.#ports = ports;
    this.#machine = machine;
    this.#outbox = outbox;
    this.#onRouter = onRouter;
  }

  receive(message: ToVrrp): void {
    if (message.kind === 'ping') this.#outbox.send({ kind: 'pong', sequence: message.sequence });
    else if (this.#waiting !== undefined) this.#waiting.push(message);
    else this.#serve(message);
  }

  terminate(why: 'told' | 'parent-gone', staying: readonly InstanceName[] = []): void {
    if (this.#terminating) return;
    this.#terminating = true;
    this.#router?.stop(staying);
    if (why === 'parent-gone') {
      this.#ports.process.exit(0);
      return;
    }
    this.#outbox.send({ kind: 'stopped' }, () => this.#ports.process.exit(0));
    this.#ports.process.exitWithin(100);
  }

  #serve(message: Exclude<ToVrrp, { kind: 'ping' }>): void {
    switch (message.kind) {
      case 'configure':
        if (this.#router === undefined) this.#begin(message);
        else this.#apply(this.#router, message);
        return;
      case 'script-finished':
        this.#router?.scriptFinished(message);
        return;
      case 'handover':
        this.#router?.handover(message.instance, message.on);
        return;
      case 'statistics':
        this.#router?.tellStatistics(message.query);
        return;
      case 'dump':
        this.#dump(message.what);
        return;
      case 'stop':
        this.terminate('told', message.staying);
        return;
    }
  }

  /** The first configuration: only now it is known which transport is wanted. */
  #begin(message: Configure): void {
    this.#waiting = [];
    const opening = this.#ports.openWire(message.slice.global.vrrpSocket, {
      onDatagram: (index, bytes) => this.#router?.datagram(index, bytes),
      onFailure: (failure) => this.#router?.reportFailure(failure),
    });
    opening.then(
      (opened) => {
        if (!opened.ok) return this.#give(opened.error);
        const { wire, note } = opened.value;
        const timer = this.#ports.openTimer(() => this.#router?.timerExpired());
        const router = new Router({ ...this.#ports, wire, timer }, this.#machine, this.#outbox, (failure) =>
          this.#give(failure),
        );
        this.#router = router;
        this.#onRouter(router);
        if (note !== undefined) this.#log('transport-instead', 'warning', note);
        this.#apply(router, message);
        this.#serveWaiting();
      },
      (error: unknown) => this.#give({ what: 'open a transport for VRRP', code: String(error) }),
    );
  }

  #serveWaiting(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const message of waiting) this.receive(message);
  }

  #apply(router: Router, message: Configure): void {
    this.#schedule(message.slice.global);
    router.configure(message);
  }

  #schedule(global: VrrpSlice['global']): void {
    const { vrrpNice: nice, vrrpRealtimePriority: realtime, processNames } = global;
    this.#ports.process.setTitle(processNames.vrrp ?? 'keepalived');
    const failure =
      realtime === undefined && nice !== undefined
        ? this.#ports.process.setScheduling({ nice })
        : this.#ports.process.setScheduling({ realtime: realtime ?? defaultRealtimePriority });
    if (failure !== undefined) this.#log('scheduling-refused', 'info', `${failure.what}: ${failure.code}`);
  }

  #dump(what: Extract<ToVrrp, { kind: 'dump' }>['what']): void {
    if (this.#router === undefined) return;
    const { instances, scripts } = this.#router;
    const time = { now: this.#ports.clock.now(), wallSeconds: this.#ports.wallSeconds() };
    const kind = what === 'stats-clear' ? 'stats' : what;
    this.#outbox.send({ kind: 'dump', what: kind, text: dumpText(kind, instances, scripts.all, time) });
    if (what === 'stats-clear') this.#router.clearCounters();
  }

  /** Without a transport there is no VRRP: core says so to the user and does not start another worker. */
  #give(failure: PortFailure): void {
    this.#log(
      'no-transport',
      'error',
      `${failure.what}: ${failure.code}${failure.remedy === undefined ? '' : `; ${failure.remedy}`}`,
    );
    this.#outbox.flush();
    const denied = failure.code === 'EPERM' || failure.code === 'EACCES';
    this.#outbox.send({ kind: 'stopped' }, () =>
      this.#ports.process.exit(denied ? exitPermission : exitFatal),
    );
  }

  #log(id: string, level: 'info' | 'warning' | 'error', text: string): void {
    this.#outbox.log(
      { id, level, text, ...(level === 'info' ? { detail: true } : {}) },
      this.#ports.clock.now(),
    );
  }
}
