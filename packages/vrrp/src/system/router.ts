import { deadlineHeap, later, type Micros, micros, millis, plus } from '@holdfast/kit';
import type { LinkAddress, LinkEvent } from '@holdfast/netlink';
import type { ToVrrp, VrrpSlice } from '../ipc.ts';
import { demultiplexer } from '../logic/demultiplex.ts';
import { nextDeadline } from '../logic/instance.ts';
import { matchInstances } from '../logic/match-instances.ts';
import { messages } from '../logic/messages.ts';
import { unknownVrid } from '../logic/packet-messages.ts';
import type { InstanceName } from '../logic/types.ts';
import { type EffectListener, type EffectQueue, openEffectQueue } from './effect-queue.ts';
import { type Endpoints, endpointOf, listenerOf, openEndpoints } from './endpoints.ts';
import { GarpPacer } from './garp-pacer.ts';
import { Instances } from './instances.ts';
import type { Machine } from './machine.ts';
import type { Outbox } from './outbox.ts';
import type { Endpoint, PortFailure, Ports, Timer, Wire } from './ports.ts';
import { hear } from './reception.ts';
import type { Running } from './running.ts';
import { openScriptBoard, type ScriptBoard } from './script-board.ts';

export type RouterPorts = Pick<Ports, 'clock' | 'garp' | 'routes'> & {
  readonly timer: Timer;
  readonly wire: Wire;
};
type Configure = Extract<ToVrrp, { kind: 'configure' }>;

/** Deadlines this close together are served in one turn, their adverts in one system call. */
const together: Micros = millis(0.5);

/**
 * All virtual routers of this process, turn by turn: what came in, what is due, then everything that was decided in
 * one go, then the one timer. Nothing in here waits.
 */
export class Router {
  readonly #ports: RouterPorts;
  readonly #machine: Machine;
  readonly #outbox: Outbox;
  readonly #onFatal: (failure: PortFailure) => void;
  readonly #deadlines = deadlineHeap<string>();
  readonly #endpoints: Endpoints;
  readonly #effects: EffectQueue;
  readonly #garps: GarpPacer;
  readonly #instances: Instances;
  readonly scripts: ScriptBoard;
  #slice: VrrpSlice | undefined;
  #findInstance = demultiplexer([]);
  #surroundingsStale: boolean = false;
  #inTurn: boolean = false;
  #armedFor: Micros | undefined;
  /** Failures that were logged since the machine last changed. */
  readonly #reported = new Set<string>();

  /** @param onFatal an endpoint cannot be opened for want of a right: nothing here will ever work */
  constructor(ports: RouterPorts, machine: Machine, outbox: Outbox, onFatal: (failure: PortFailure) => void) {
    this.#ports = ports;
    this.#machine = machine;
    this.#outbox = outbox;
    this.#onFatal = onFatal;
    this.#endpoints = openEndpoints(ports.wire);
    this.#garps = new GarpPacer(ports, machine, this.#deadlines, (failure) => this.reportFailure(failure));
    this.#effects = openEffectQueue(ports, machine, this.#garps, this.#effectListener());
    this.scripts = openScriptBoard(outbox, this.#deadlines, () => {
      this.#surroundingsStale = true;
    });
    const { scripts } = this;
    this.#instances = new Instances({
      machine,
      scripts,
      outbox,
      effects: this.#effects,
      deadlines: this.#deadlines,
    });
  }

  get instances(): readonly Running[] {
    return this.#instances.all;
  }

  configure(message: Configure): void {
    this.#turn(() => this.#reconfigure(message));
    // Only now: the goodbyes of removed instances have gone out.
    this.#endpoints.closeOthers(this.#wantedEndpoints());
    this.#outbox.send({ kind: 'configured', reason: message.reason });
  }

  scriptFinished(message: Extract<ToVrrp, { kind: 'script-finished' }>): void {
    this.#turn(() => this.scripts.finished(message, this.#now()));
  }

  /** Called while the socket hands over a batch, so nothing is drained from here: the timer sees to what is due. */
  datagram(interfaceIndex: number, bytes: Uint8Array): void {
    this.#turn(() => this.#arrived(interfaceIndex, bytes), 'arrivals-only');
  }

  timerExpired(): void {
    this.#armedFor = undefined;
    this.#turn(() => undefined);
  }

  concerns(event: LinkEvent): boolean {
    const isLink = event.kind === 'link' || event.kind === 'link-gone';
    return isLink || !this.#instances.isVirtual(event.address.address);
  }

  machineChanged(): void {
    this.#turn(() => {
      this.#reported.clear();
      this.#surroundingsStale = true;
      this.#refreshSurroundings();
      this.#openWanted();
    });
    this.#endpoints.closeOthers(this.#wantedEndpoints());
  }

  addressGone(interfaceName: string, gone: LinkAddress): void {
    this.#turn(() => this.#lost(interfaceName, gone));
  }

  /** Something of the world did not work; said once until something changes. */
  reportFailure({ what, code, remedy }: PortFailure): void {
    const text = `${what}: ${code}${remedy === undefined ? '' : `; ${remedy}`}`;
    if (this.#reported.has(text)) return;
    this.#reported.add(text);
    this.#outbox.log({ id: 'port-failed', level: 'error', text, fields: { code } }, this.#now());
  }

  /**
   * Says goodbye, gives everything back, tells the scripts. Nothing happens any more afterwards.
   * @param staying instances that a successor goes on with
   */
  stop(staying: readonly InstanceName[] = []): void {
    this.#turn(() => this.#instances.stopAll(staying, this.#now()), 'arrivals-only');
    this.#ports.timer.disarm();
  }

  handover(name: InstanceName, on: boolean): void {
    this.#turn(() => this.#instances.play(name, { kind: 'handover', on }, this.#now()));
  }

  tellStatistics(query: number): void {
    this.#outbox.fact({ kind: 'statistics', query, instances: this.#instances.statistics });
    this.#outbox.flush();
  }

  clearCounters(): void {
    this.#instances.clearCounters();
  }

  #now(): Micros {
    return this.#ports.clock.now();
  }

  #turn(work: () => void, kind: 'whole' | 'arrivals-only' = 'whole'): void {
    if (this.#inTurn) {
      work();
      return;
    }
    this.#inTurn = true;
    work();
    if (kind === 'whole') this.#serveDeadlines();
    this.#refreshSurroundings();
    this.#effects.flush(() => this.#instances.keptAddresses());
    this.#inTurn = false;
    this.#outbox.flush();
    this.#arm();
  }

  /** What has arrived comes before what is due: after a stall a master first hears who took over. */
  #serveDeadlines(): void {
    const next = this.#deadlines.next();
    if (next === undefined || next > this.#now()) return;
    this.#ports.wire.drain();
    const now = this.#now();
    for (const key of this.#deadlines.takeDue(plus(now, together))) {
      const name = key.slice(key.indexOf(' ') + 1);
      if (key.startsWith('script ')) this.scripts.deadline(name, now);
      else if (key.startsWith('garp ')) this.#garps.deadline(name);
      else this.#instanceDue(name, now);
    }
  }

  #instanceDue(name: InstanceName, now: Micros): void {
    const running = this.#instances.get(name);
    const at = running === undefined ? undefined : nextDeadline(running.state);
    if (at !== undefined) this.#instances.play(name, { kind: 'deadline' }, later(now, at));
  }

  #refreshSurroundings(): void {
    if (!this.#surroundingsStale) return;
    this.#surroundingsStale = false;
    this.#instances.refresh(this.#now());
  }

  #arm(): void {
    const next = this.#deadlines.next();
    if (next === this.#armedFor) return;
    this.#armedFor = next;
    if (next === undefined) this.#ports.timer.disarm();
    else this.#ports.timer.arm(next);
  }

  #reconfigure({ slice, options, saved, reason, handedOver }: Configure): void {
    const now = this.#now();
    const match = matchInstances(this.#slice?.vrrpInstances ?? [], slice.vrrpInstances);
    this.#slice = slice;
    this.#instances.prepare(slice.vrrpInstances, options);
    this.#garps.configure(slice.global.garpInterval);
    for (const { name } of match.removed) this.#instances.end(name, now);
    const kept = match.kept.map(({ previous, config }) => ({
      config,
      running: this.#instances.take(previous.name),
    }));
    this.scripts.configure(
      slice.vrrpScripts,
      slice.vrrpInstances,
      saved.flatMap(({ scripts }) => scripts),
      now,
    );
    for (const { config, running } of kept) {
      if (running === undefined) continue;
      this.#instances.goOn(running, config, now);
      const on = handedOver?.includes(config.name) ?? running.state.handedOver;
      this.#instances.play(config.name, { kind: 'handover', on }, now);
    }
    // A worker that replaces another one does not make its instances wait a second time.
    const delay = reason === 'start' && saved.length === 0 ? slice.global.vrrpStartupDelay : micros(0);
    for (const config of match.added) {
      const memory = saved.find(({ name }) => name === config.name);
      const start = {
        saved: memory,
        quietUntil: plus(now, delay),
        handedOver: handedOver?.includes(config.name) ?? false,
      };
      this.#instances.begin(config, start, now);
    }
    for (const gone of saved.filter(({ name }) => this.#instances.get(name) === undefined)) {
      this.#effects.withdraw(gone.name, gone.addresses);
    }
    this.#surroundingsStale = true;
    this.#refreshSurroundings();
    this.#openWanted();
  }

  #wantedEndpoints(): readonly Endpoint[] {
    return this.instances.flatMap(({ config }) => endpointOf(config, this.#machine) ?? []);
  }

  #openWanted(): void {
    for (const failure of this.#endpoints.open(this.#wantedEndpoints())) {
      this.reportFailure(failure);
      if (failure.code === 'EPERM' || failure.code === 'EACCES') this.#onFatal(failure);
    }
    this.#findInstance = demultiplexer(
      this.instances.flatMap((running) => listenerOf(running, this.#machine) ?? []),
    );
  }

  #arrived(interfaceIndex: number, bytes: Uint8Array): void {
    const addressee = this.#findInstance(interfaceIndex, bytes);
    if (addressee.kind === 'nobody') {
      if (addressee.reason === 'unknown-vrid') this.#unknownVrid(interfaceIndex, bytes);
      return;
    }
    const running = this.#instances.get(addressee.instance);
    if (running === undefined) return;
    const heard = hear(running, bytes);
    this.#instances.replace(heard.running);
    for (const record of heard.records) this.#outbox.log(record, this.#now());
    if (heard.advert !== undefined) {
      this.#instances.play(addressee.instance, { kind: 'advert', advert: heard.advert }, this.#now());
    }
  }

  /** `log_unknown_vrids`: once each until the machine changes. */
  #unknownVrid(interfaceIndex: number, bytes: Uint8Array): void {
    if (this.#slice?.global.logUnknownVrids !== true) return;
    const vrid = bytes[((bytes[0] ?? 0) & 15) * 4 + 1] ?? 0;
    const name = this.#machine.linkAt(interfaceIndex)?.name ?? String(interfaceIndex);
    const key = `unknown-vrid ${vrid} ${name}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.#outbox.log(unknownVrid(name, vrid), this.#now());
  }

  #lost(interfaceName: string, { address, prefixLength }: LinkAddress): void {
    if (this.#effects.wasOurRemoval(interfaceName, address, prefixLength)) return;
    for (const owned of this.#instances.ownersOf(interfaceName, address, prefixLength)) {
      this.#instances.play(owned.instance, { kind: 'address-lost', address: owned.address }, this.#now());
    }
  }

  #effectListener(): EffectListener {
    return {
      onAddressFailed: (name, address, error, adding) =>
        this.#turn(() => {
          if (adding) this.#instances.play(name, { kind: 'address-failed', address, error }, this.#now());
          else this.#outbox.log(messages.addressNotRemoved(name, address, error), this.#now());
        }),
      onSendFailed: (failure) => this.reportFailure(failure),
    };
  }
}
