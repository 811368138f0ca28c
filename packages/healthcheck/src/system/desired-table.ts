import type { Pool, Table } from '@holdfast/ipvs-netlink';

/** What the kernel should hold, put together from what each virtual server wants. */
export interface DesiredTable {
  readonly table: ReadonlyMap<string, Pool>;
  /** What a virtual server wants from now on. @returns the services for which that may make a difference */
  want(owner: string, pools: Table): readonly string[];
  /** The services that a virtual server wants. */
  servicesOf(owner: string): readonly string[];
  clear(): void;
}

/**
 * A service has one pool in the kernel, though several virtual servers may name it (an address that stands in a group
 * too; a mark twice; for a moment one that a reload moves). Its pool is then that of the first of them, with the servers
 * of the others beside its own: so it comes to be with keepalived, whose commands meet in the kernel.
 */
export function desiredTable(): DesiredTable {
  const table = new Map<string, Pool>();
  const wanted = new Map<string, Table>();
  const claims = new Map<string, Set<string>>();

  const update = (id: string, owner: string): void => {
    const owners = claims.get(id) ?? new Set();
    if (wanted.get(owner)?.has(id) === true) claims.set(id, owners.add(owner));
    else owners.delete(owner);
    const pools = [...owners].flatMap((each) => wanted.get(each)?.get(id) ?? []);
    const merged = together(pools);
    if (merged !== undefined) {
      table.set(id, merged);
      return;
    }
    claims.delete(id);
    table.delete(id);
  };
  return {
    table,
    want(owner, pools) {
      const ids = [...new Set([...(wanted.get(owner)?.keys() ?? []), ...pools.keys()])];
      if (pools.size === 0) wanted.delete(owner);
      else wanted.set(owner, pools);
      for (const id of ids) update(id, owner);
      return ids;
    },
    servicesOf: (owner) => [...(wanted.get(owner)?.keys() ?? [])],
    clear() {
      table.clear();
      wanted.clear();
      claims.clear();
    },
  };
}

/** The very same pool where it is the only one. */
function together([first, ...others]: readonly Pool[]): Pool | undefined {
  if (first === undefined || others.length === 0) return first;
  const servers = new Map(first.servers);
  for (const other of others)
    for (const [id, server] of other.servers) if (!servers.has(id)) servers.set(id, server);
  return { ...first, servers };
}
