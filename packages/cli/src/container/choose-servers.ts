import {
  compareAddresses,
  fail,
  familyOf,
  type IpAddress,
  ok,
  parseAddress,
  type Result,
} from '@holdfast/kit';
import type { Facts } from './facts.ts';
import { type Obstacle, obstacle, passing } from './obstacle.ts';
import { type PoolWishes, type ServerWish, virtualPort } from './pool-wishes.ts';
import type { Wishes } from './wishes.ts';

export interface VirtualServer {
  readonly address: IpAddress;
  readonly port: number;
  readonly servers: readonly RealServer[];
}

export interface RealServer {
  readonly address: IpAddress;
  readonly port: number;
  readonly weight: number;
  /** The word of HOLDFAST_POOL. */
  readonly from: string;
}

/** A virtual server for each virtual address, with the real servers of its family. */
export function chooseServers(
  pool: PoolWishes,
  { vips }: Pick<Wishes, 'vips'>,
  { resolved }: Pick<Facts, 'resolved'>,
): Result<readonly VirtualServer[], Obstacle> {
  const real = pool.servers.flatMap((server) => addressesOf(server, resolved));
  const port = virtualPort(pool);
  const [missing] = pool.servers.filter((server) => addressesOf(server, resolved).length === 0);
  if (missing !== undefined)
    return fail(
      passing(`HOLDFAST_POOL: nobody is called ${missing.host}`, 'start that service, or correct the name'),
    );
  const circular = real.find(({ address }) => vips.some((vip) => vip.address === address));
  if (circular !== undefined)
    return fail(
      obstacle(
        `HOLDFAST_POOL: ${circular.address} is a virtual address`,
        "name the real server's own address",
      ),
    );
  const servers = vips.map(({ address }) => ({
    address,
    port: port ?? 0,
    servers: unique(real.filter((server) => familyOf(server.address) === familyOf(address))),
  }));
  const empty = servers.find((server) => server.servers.length === 0);
  return empty === undefined
    ? ok(servers)
    : fail(
        obstacle(
          `HOLDFAST_POOL has no server of the family of ${empty.address}`,
          `add one with an IPv${familyOf(empty.address)} address, or remove the virtual address`,
        ),
      );
}

function addressesOf({ host, port, weight }: ServerWish, resolved: Facts['resolved']): readonly RealServer[] {
  const address = parseAddress(host);
  const addresses =
    address === undefined ? [...(resolved.get(host) ?? [])].sort(compareAddresses) : [address];
  return addresses.map((each) => ({ address: each, port, weight, from: `HOLDFAST_POOL ${host}` }));
}

/** Two names of one server are one server. */
function unique(servers: readonly RealServer[]): readonly RealServer[] {
  return [...new Map(servers.map((server) => [`${server.address} ${server.port}`, server])).values()];
}
