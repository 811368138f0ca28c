import { familyOf } from '@holdfast/kit';
import type { Link, LinkAddress, RouteNetlink } from '../types.ts';
import { audience } from './audience.ts';
import { gatekeeper } from './gatekeeper.ts';
import { type FakeKernel, remove } from './kernel.ts';
import { inListOrder } from './order.ts';

/** Links and addresses in memory, with what a test does to them beside the requests under test. */
export interface FakeRouteNetlink extends RouteNetlink {
  /** Adds a link that is up and running unless told otherwise; the index is the next free one if none is given. */
  addLink(link: Partial<Link> & { readonly name: string }): Link;
  /** Changes a link. Taken down it loses its IPv6 addresses, as in Linux. @throws RangeError for an unknown index */
  changeLink(index: number, change: Partial<Omit<Link, 'index'>>): void;
  /** Removes a link and its addresses. */
  removeLink(index: number): void;
  /** Requests are refused with this errno from now on (EPERM 1, ...); 0 ends it. */
  refuseWith(errno: number): void;
  setPromoteSecondaries(on: boolean): void;
  /** The addresses at this moment, without a request. */
  currentAddresses(): readonly LinkAddress[];
  /** Events are lost from now until `tellLost`, which makes watchers list again. */
  loseEvents(): void;
  tellLost(): void;
}

/** A kernel of its own, with loopback as index 1. Passes the same suite as the real one. */
export function fakeRouteNetlink(): FakeRouteNetlink {
  const told = audience();
  const kernel: FakeKernel = {
    links: new Map(),
    addresses: [],
    promoteSecondaries: false,
    emit: (event) => told.event(event),
  };
  const gate = gatekeeper();
  const fake: FakeRouteNetlink = {
    links: async () => gate.listed('list the interfaces', () => [...kernel.links.values()]),
    addresses: async () => gate.listed('list the addresses', () => inListOrder(kernel.addresses)),
    addAddresses: async (requests) => requests.map((request) => gate.changed('add', kernel, request)),
    deleteAddresses: async (requests) => requests.map((request) => gate.changed('delete', kernel, request)),
    watch: (onEvent, onLost) => told.add({ onEvent, onLost }),
    close: () => {
      gate.refuseWith(9);
      told.end();
    },
    addLink: (link) => {
      const made = newLink(kernel, link);
      kernel.links.set(made.index, made);
      kernel.emit({ kind: 'link', link: made });
      return made;
    },
    changeLink: (index, change) => changeLink(kernel, index, change),
    removeLink: (index) => removeLink(kernel, index),
    refuseWith: (errno) => gate.refuseWith(errno),
    setPromoteSecondaries: (on) => {
      kernel.promoteSecondaries = on;
    },
    currentAddresses: () => inListOrder(kernel.addresses),
    loseEvents: () => told.lose(),
    tellLost: () => told.tellLost(),
  };
  fake.addLink({ name: 'lo', loopback: true, multicast: false, mtu: 65_536, mac: new Uint8Array(6) });
  return fake;
}

function removeLink(kernel: FakeKernel, index: number): void {
  const link = kernel.links.get(index);
  for (const entry of kernel.addresses) if (entry.index === index) remove(kernel, entry);
  kernel.links.delete(index);
  if (link !== undefined) kernel.emit({ kind: 'link-gone', index, name: link.name });
}

function newLink(kernel: FakeKernel, link: Partial<Link> & { readonly name: string }): Link {
  const index = link.index ?? Math.max(0, ...kernel.links.keys()) + 1;
  return {
    index,
    adminUp: true,
    running: true,
    loopback: false,
    multicast: true,
    noArp: false,
    mtu: 1500,
    mac: Uint8Array.of(2, 0, 0, 0, index >> 8, index & 0xff),
    ...link,
  };
}

function changeLink(kernel: FakeKernel, index: number, change: Partial<Omit<Link, 'index'>>): void {
  const before = kernel.links.get(index);
  if (before === undefined) throw new RangeError(`there is no link with index ${index}`);
  const link = { ...before, ...change };
  kernel.links.set(index, link);
  if (before.adminUp && !link.adminUp) {
    for (const entry of kernel.addresses) {
      if (entry.index === index && familyOf(entry.address) === 6) remove(kernel, entry);
    }
  }
  kernel.emit({ kind: 'link', link });
}
