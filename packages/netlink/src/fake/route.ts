import { familyOf, ok, type Result } from '@holdfast/kit';
import { netlinkFailure } from '../failure.ts';
import { asWords } from '../route/words.ts';
import type { AddressRequest, Link, LinkAddress, LinkEvent, NetlinkFailure, RouteNetlink } from '../types.ts';
import { addAddress, deleteAddress, type FakeAnswer, type FakeKernel, remove } from './kernel.ts';
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

interface Watcher {
  readonly onEvent: (event: LinkEvent) => void;
  readonly onLost: () => void;
}

/** A kernel of its own, with loopback as index 1. Passes the same suite as the real one. */
export function fakeRouteNetlink(): FakeRouteNetlink {
  let watchers: Watcher[] = [];
  let losing = false;
  let refusal = 0;
  let closed = false;

  /** In a later microtask: never from within the call that caused it. */
  const tell = (what: (watcher: Watcher) => void): void => {
    for (const watcher of watchers) queueMicrotask(() => (closed ? undefined : what(watcher)));
  };
  const kernel: FakeKernel = {
    links: new Map(),
    addresses: [],
    promoteSecondaries: false,
    emit: (event) => {
      if (!losing) tell(({ onEvent }) => onEvent(event));
    },
  };

  const refused = (): FakeAnswer | undefined => {
    if (closed) return { errno: 9, text: 'the netlink socket is closed' };
    return refusal === 0 ? undefined : { errno: refusal, text: '' };
  };
  const changed = (
    verb: 'add' | 'delete',
    request: AddressRequest,
    perform: typeof addAddress,
    harmless: number,
  ): Result<void, NetlinkFailure> => {
    const answer = refused() ?? perform(kernel, request);
    if (answer.errno === 0 || answer.errno === harmless) return ok(undefined);
    return { ok: false, error: netlinkFailure(asWords(verb, request), answer) };
  };
  const listed = <T>(words: string, entries: Iterable<T>): Result<readonly T[], NetlinkFailure> => {
    const refusalNow = refused();
    return refusalNow === undefined
      ? ok([...entries])
      : { ok: false, error: netlinkFailure(words, refusalNow) };
  };

  const fake: FakeRouteNetlink = {
    links: () => Promise.resolve(listed('list the interfaces', kernel.links.values())),
    addresses: () => Promise.resolve(listed('list the addresses', inListOrder(kernel.addresses))),
    addAddresses: (requests) =>
      Promise.resolve(requests.map((request) => changed('add', request, addAddress, 17))),
    deleteAddresses: (requests) =>
      Promise.resolve(requests.map((request) => changed('delete', request, deleteAddress, 99))),
    watch: (onEvent, onLost) => {
      watchers = [...watchers, { onEvent, onLost }];
    },
    close: () => {
      closed = true;
    },
    addLink: (link) => {
      const made = newLink(kernel, link);
      kernel.links.set(made.index, made);
      kernel.emit({ kind: 'link', link: made });
      return made;
    },
    changeLink: (index, change) => changeLink(kernel, index, change),
    removeLink: (index) => {
      const link = kernel.links.get(index);
      for (const entry of kernel.addresses) if (entry.index === index) remove(kernel, entry);
      kernel.links.delete(index);
      if (link !== undefined) kernel.emit({ kind: 'link-gone', index, name: link.name });
    },
    refuseWith: (errno) => {
      refusal = errno;
    },
    setPromoteSecondaries: (on) => {
      kernel.promoteSecondaries = on;
    },
    currentAddresses: () => inListOrder(kernel.addresses),
    loseEvents: () => {
      losing = true;
    },
    tellLost: () => {
      losing = false;
      tell(({ onLost }) => onLost());
    },
  };
  fake.addLink({ name: 'lo', loopback: true, multicast: false, mtu: 65_536, mac: new Uint8Array(6) });
  return fake;
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
