import type { HealthConfig } from '@holdfast/config';
import { dumpText } from '../dump/dump.ts';
import type { Change, Configure, ToHealthcheck } from '../ipc.ts';
import { Director } from './director.ts';
import { type GatheredParts, gatheredParts } from './gathered-parts.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import type { Ports } from './ports.ts';
import { schedule } from './scheduling.ts';

/** The healthcheck worker, apart from the process that carries it. */
export interface Worker {
  /** A message of core's. */
  receive(message: ToHealthcheck): void;
  /** Takes the table away and ends the process: told to by a signal, or because core is dead. */
  terminate(why: 'told' | 'parent-gone'): void;
}

/** Reports `ready` and then serves core. */
export function openWorker(ports: Ports, pid: number): Worker {
  const outbox = openOutbox(ports.parent);
  const worker = new WorkerLoop(ports, outbox);
  outbox.send({ kind: 'ready', pid });
  return worker;
}

class WorkerLoop implements Worker {
  readonly #ports: Ports;
  readonly #outbox: Outbox;
  readonly #director: Director;
  readonly #parts: GatheredParts = gatheredParts();
  #keepTable: boolean = false;
  #health: HealthConfig | undefined;
  #terminating: boolean = false;

  constructor(ports: Ports, outbox: Outbox) {
    this.#ports = ports;
    this.#outbox = outbox;
    this.#director = new Director(ports, outbox);
  }

  receive(message: ToHealthcheck): void {
    switch (message.kind) {
      case 'ping':
        this.#outbox.send({ kind: 'pong', sequence: message.sequence });
        return;
      case 'part':
        this.#parts.add(message);
        return;
      case 'configure': {
        const virtualServers = this.#parts.take(message.before ?? 0, message.slice.virtualServers);
        this.#configure({ ...message, slice: { ...message.slice, virtualServers } });
        return;
      }
      case 'change':
        this.#change({ ...message, changed: this.#parts.take(message.before ?? 0, message.changed) });
        return;
      case 'sync-role':
        if (!this.#terminating) this.#director.follow(message.role);
        return;
      case 'script-finished':
        this.#director.scriptFinished(message);
        return;
      case 'wishes':
        this.#director.wish(message.wishes);
        return;
      case 'statistics':
        this.#director.tellStatistics(message.query);
        return;
      case 'dump':
        this.#outbox.send({ kind: 'dump', what: message.what, text: dumpText(this.#director.entries) });
        return;
      case 'stop':
        this.terminate('told', message.staying);
        return;
    }
  }

  terminate(why: 'told' | 'parent-gone', staying: boolean = false): void {
    if (this.#terminating) return;
    this.#terminating = true;
    const end = (): void => {
      if (why === 'parent-gone') this.#ports.process.exit(0);
      else this.#outbox.send({ kind: 'stopped' }, () => this.#ports.process.exit(0));
    };
    const stopped = staying ? this.#director.leave() : this.#director.stop(this.#keepTable);
    stopped.then(end, (error: unknown) => {
      const text = `IPVS: the services could not be removed: ${String(error)}`;
      this.#outbox.log({ id: 'release-failed', level: 'error', text }, this.#ports.clock.now());
      this.#outbox.flush();
      end();
    });
  }

  #configure(message: Configure): void {
    if (this.#terminating) return;
    this.#present(message.slice.global.health);
    this.#keepTable = message.options.dontReleaseIpvs;
    this.#director.configure(message);
    this.#outbox.send({ kind: 'configured', reason: message.reason });
  }

  /** The process' name and how it is scheduled. */
  #present(health: HealthConfig | undefined): void {
    this.#ports.process.setTitle(health?.processName ?? 'keepalived');
    for (const { what, code } of schedule(this.#ports.process, this.#health, health))
      this.#outbox.log(
        { id: 'scheduling-refused', level: 'info', text: `${what}: ${code}` },
        this.#ports.clock.now(),
      );
    this.#health = health;
  }

  #change(message: Change): void {
    if (this.#terminating) return;
    this.#present(message.global.health);
    this.#director.change(message);
    this.#outbox.send({ kind: 'configured', reason: 'reload' });
  }
}
