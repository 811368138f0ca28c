import { fail, type IpAddress, ok, type Result, unreachable } from '@holdfast/kit';
import type { Link, LinkAddress, LinkEvent, NetlinkFailure, RouteNetlink } from '@holdfast/netlink';

/** The links and addresses of this network namespace, as last heard from the kernel. */
export interface Machine {
  link(name: string): Link | undefined;
  linkAt(index: number): Link | undefined;
  /** `up` is IFF_UP and IFF_RUNNING. */
  interfaceState(name: string): 'up' | 'down' | 'missing';
  /** In the kernel's order. */
  addressesOf(name: string): readonly LinkAddress[];
  holds(name: string, address: IpAddress, prefixLength: number): boolean;
}

export interface MachineListener {
  /** Whether `onChange` wants to hear of it: a machine may hold thousands of virtual addresses that come and go. */
  concerns(event: LinkEvent): boolean;
  /** A link or an address is different; called once for everything that arrived together. */
  onChange(): void;
  onAddressGone(interfaceName: string, address: LinkAddress): void;
}

/**
 * Watches first and lists then, so that nothing is missed between the two; when the kernel had to drop events, lists
 * again. Fails only where the first listing fails.
 */
export async function watchMachine(
  routes: RouteNetlink,
  listener: MachineListener,
): Promise<Result<Machine, NetlinkFailure>> {
  const table = machineTable();
  let announced = false;
  const announce = (): void => {
    if (announced) return;
    announced = true;
    queueMicrotask(() => {
      announced = false;
      listener.onChange();
    });
  };
  const relist = async (): Promise<Result<void, NetlinkFailure>> => {
    const links = await routes.links();
    if (!links.ok) return links;
    const addresses = await routes.addresses();
    if (!addresses.ok) return addresses;
    for (const gone of table.replace(links.value, addresses.value)) report(gone);
    return ok(undefined);
  };
  const report = (address: LinkAddress): void => {
    const name = table.linkAt(address.index)?.name;
    if (name !== undefined) listener.onAddressGone(name, address);
  };
  routes.watch(
    (event) => {
      table.apply(event);
      if (event.kind === 'address-gone') report(event.address);
      if (listener.concerns(event)) announce();
    },
    () => {
      // What was lost is unknown until it is listed; when that fails too, the next event brings the next chance.
      relist().then(announce, announce);
    },
  );
  const listed = await relist();
  return listed.ok ? ok(table) : fail(listed.error);
}

interface MachineTable extends Machine {
  apply(event: LinkEvent): void;
  /** Takes a whole listing over and returns the addresses that are gone without having been reported. */
  replace(links: readonly Link[], addresses: readonly LinkAddress[]): readonly LinkAddress[];
}

function machineTable(): MachineTable {
  let links = new Map<number, Link>();
  let names = new Map<string, Link>();
  let addresses = new Map<number, Map<string, LinkAddress>>();
  const at = (index: number): Map<string, LinkAddress> => {
    const known = addresses.get(index) ?? new Map<string, LinkAddress>();
    addresses.set(index, known);
    return known;
  };
  const rename = (): void => {
    names = new Map([...links.values()].map((link) => [link.name, link]));
  };
  return {
    link: (name) => names.get(name),
    linkAt: (index) => links.get(index),
    interfaceState(name) {
      const link = names.get(name);
      if (link === undefined) return 'missing';
      return link.adminUp && link.running ? 'up' : 'down';
    },
    addressesOf(name) {
      const link = names.get(name);
      return link === undefined ? [] : [...at(link.index).values()];
    },
    holds(name, address, prefixLength) {
      const link = names.get(name);
      return link !== undefined && at(link.index).has(keyOf({ address, prefixLength }));
    },
    apply(event) {
      switch (event.kind) {
        case 'link':
          links.set(event.link.index, event.link);
          return rename();
        case 'link-gone':
          links.delete(event.index);
          addresses.delete(event.index);
          return rename();
        case 'address':
          at(event.address.index).set(keyOf(event.address), event.address);
          return;
        case 'address-gone':
          at(event.address.index).delete(keyOf(event.address));
          return;
        default:
          return unreachable(event);
      }
    },
    replace(newLinks, newAddresses) {
      const before = [...addresses.values()].flatMap((known) => [...known.values()]);
      links = new Map(newLinks.map((link) => [link.index, link]));
      rename();
      addresses = new Map();
      for (const a of newAddresses) at(a.index).set(keyOf(a), a);
      return before.filter((a) => !at(a.index).has(keyOf(a)));
    },
  };
}

const keyOf = (a: Pick<LinkAddress, 'address' | 'prefixLength'>): string => `${a.address}/${a.prefixLength}`;
