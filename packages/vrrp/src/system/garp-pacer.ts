import type { VirtualAddress } from '@holdfast/config';
import { type Clock, type DeadlineHeap, familyOf, type IpAddress, type Micros, micros } from '@holdfast/kit';
import { dropGarps, type GarpPace, nextGarp, noGarps, queueGarps, takeGarp } from '../logic/garp-pace.ts';
import type { Machine } from './machine.ts';
import type { Garp, GarpRequest, PortFailure } from './ports.ts';

/** Announces addresses: at once, or with `vrrp_garp_interval` one after the other on each interface. */
export class GarpPacer {
  readonly #garp: Garp;
  readonly #machine: Machine;
  readonly #clock: Clock;
  readonly #deadlines: DeadlineHeap<string>;
  readonly #onFailure: (failure: PortFailure) => void;
  readonly #paces = new Map<string, GarpPace>();
  #interval: Micros = micros(0);

  constructor(
    ports: { readonly garp: Garp; readonly clock: Clock },
    machine: Machine,
    deadlines: DeadlineHeap<string>,
    onFailure: (failure: PortFailure) => void,
  ) {
    this.#garp = ports.garp;
    this.#clock = ports.clock;
    this.#machine = machine;
    this.#deadlines = deadlines;
    this.#onFailure = onFailure;
  }

  /** @param interval the least time between two on one interface; 0: no pacing. What waits goes out at once then. */
  configure(interval: Micros): void {
    this.#interval = interval;
    if (interval > 0) return;
    for (const [name, { waiting }] of this.#paces) {
      this.#send(waiting.flatMap(({ address, left }) => this.#requests(name, Array(left).fill(address))));
      this.#keep(name, noGarps);
    }
  }

  /** The whole list `repeat` times. */
  announce(addresses: readonly VirtualAddress[], repeat: number): void {
    if (this.#interval === 0) {
      const once = addresses.flatMap((a) => this.#requests(a.interface, [a.address]));
      this.#send(Array.from({ length: repeat }, () => once).flat());
      return;
    }
    for (const [name, group] of byInterface(addresses)) {
      this.#keep(name, queueGarps(this.#paces.get(name) ?? noGarps, group, repeat));
      this.deadline(name);
    }
  }

  /** What is given back is not announced any more. */
  forget(addresses: readonly VirtualAddress[]): void {
    for (const [name, group] of byInterface(addresses)) {
      const pace = this.#paces.get(name);
      if (pace !== undefined) this.#keep(name, dropGarps(pace, new Set(group)));
    }
  }

  /** The next one of this interface is due. */
  deadline(name: string): void {
    const { address, pace } = takeGarp(this.#paces.get(name) ?? noGarps, this.#interval, this.#clock.now());
    if (address !== undefined) this.#send(this.#requests(name, [address]));
    this.#keep(name, pace);
  }

  #keep(name: string, pace: GarpPace): void {
    this.#paces.set(name, pace);
    this.#deadlines.set(`garp ${name}`, nextGarp(pace, this.#clock.now()));
  }

  /** Interfaces without ARP have nobody to tell, and IPv6 addresses are none of ARP's. */
  #requests(name: string, addresses: readonly IpAddress[]): readonly GarpRequest[] {
    const link = this.#machine.link(name);
    if (link === undefined || link.noArp || link.loopback || link.mac.length !== 6) return [];
    return addresses
      .filter((address) => familyOf(address) === 4)
      .map((address) => ({ interfaceIndex: link.index, mac: link.mac, address }));
  }

  #send(requests: readonly GarpRequest[]): void {
    if (requests.length === 0) return;
    for (const failure of this.#garp.announce(requests)) this.#onFailure(failure);
  }
}

function byInterface(addresses: readonly VirtualAddress[]): ReadonlyMap<string, readonly IpAddress[]> {
  const groups = new Map<string, IpAddress[]>();
  for (const { interface: name, address } of addresses) {
    const group = groups.get(name) ?? [];
    groups.set(name, group);
    group.push(address);
  }
  return groups;
}
