import { fail, type IpAddress, inNetwork, ok, parseAddress, type Result } from '@holdfast/kit';
import { chooseAddress } from './choose-address.ts';
import { chooseNic } from './choose-nic.ts';
import { choosePassword } from './choose-password.ts';
import { choosePeers } from './choose-peers.ts';
import { choosePriority } from './choose-priority.ts';
import { chooseServers, type VirtualServer } from './choose-servers.ts';
import type { Facts, Nic } from './facts.ts';
import { type Obstacle, obstacle, type Sourced, sourced } from './obstacle.ts';
import type { Environment } from './reader.ts';
import { reader } from './reader.ts';
import { unknownVariables } from './variables.ts';
import { readWishes, type Wishes } from './wishes.ts';

/** Everything that a configuration consists of. */
export interface Plan {
  readonly wishes: Wishes;
  readonly hostName: string;
  readonly interface: Sourced<string>;
  readonly address: Sourced<IpAddress>;
  readonly peers: Sourced<readonly IpAddress[]>;
  readonly priority: Sourced<number>;
  readonly vrid: Sourced<number>;
  readonly vips: readonly PlannedAddress[];
  readonly password: Sourced<string> | undefined;
  readonly servers: readonly VirtualServer[];
  readonly probe: string;
}

export interface PlannedAddress {
  readonly address: IpAddress;
  readonly prefixLength: number;
  readonly from: string;
}

const customaryVrid = 51;

/** What the environment asks for; all obstacles at once where it contradicts itself. */
export function wishesOf(environment: Environment): Result<Wishes, readonly Obstacle[]> {
  const read = reader(environment);
  const wishes = readWishes(read);
  const obstacles = [...unknownVariables(Object.keys(environment)), ...read.obstacles];
  return obstacles.length > 0 ? fail(obstacles) : ok(wishes);
}

/** The names that must be looked up before the plan can be made. */
export const namesIn = ({ peers, pool }: Wishes): readonly string[] => [
  ...new Set(
    [...peers, ...(pool?.servers.map(({ host }) => host) ?? [])].filter(
      (word) => parseAddress(word) === undefined,
    ),
  ),
];

/** @param needsVips a template may have its own virtual addresses */
export function plan(facts: Facts, wishes: Wishes, needsVips = true): Result<Plan, readonly Obstacle[]> {
  if (needsVips && wishes.vips.length === 0)
    return fail([
      obstacle(
        'HOLDFAST_VIPS is not set, and there is no configuration file',
        'set it to the virtual addresses, or mount a file at /etc/keepalived/keepalived.conf',
      ),
    ]);
  const nic = chooseNic(wishes, facts);
  const priority = choosePriority(wishes, facts.hostName);
  const password = choosePassword(facts);
  const servers =
    wishes.pool === undefined ? ok<readonly VirtualServer[]>([]) : chooseServers(wishes.pool, wishes, facts);
  const address = nic.ok ? chooseAddress(wishes, nic.value.value) : fail(nic.error);
  const peers =
    nic.ok && address.ok
      ? choosePeers(wishes, facts, nic.value.value, address.value.value)
      : fail(address.ok ? undefined : address.error);
  if (nic.ok && address.ok && peers.ok && priority.ok && password.ok && servers.ok)
    return ok({
      wishes,
      hostName: facts.hostName,
      interface: sourced(nic.value.value.name, nic.value.from),
      address: address.value,
      peers: peers.value,
      priority: priority.value,
      vrid: sourced(
        wishes.vrid ?? customaryVrid,
        wishes.vrid === undefined ? 'the default' : 'HOLDFAST_VRID',
      ),
      vips: plannedVips(wishes, nic.value.value),
      password: password.value,
      servers: servers.value,
      probe: facts.probe,
    });
  const failures = [nic, address, peers, priority, password, servers].flatMap((result) =>
    result.ok || result.error === undefined ? [] : [result.error],
  );
  return fail([...new Set(failures)]);
}

/** Without a prefix an address has that of the network it lies in, else it stands alone. */
function plannedVips({ vips }: Wishes, { name, addresses }: Nic): readonly PlannedAddress[] {
  return vips.map(({ address, prefixLength }) => {
    if (prefixLength !== undefined) return { address, prefixLength, from: 'HOLDFAST_VIPS' };
    const home = addresses.find(
      (own) => own.address !== address && inNetwork(address, own.address, own.prefixLength),
    );
    const alone = address.includes(':') ? 128 : 32;
    return home === undefined
      ? { address, prefixLength: alone, from: 'HOLDFAST_VIPS' }
      : { address, prefixLength: home.prefixLength, from: `HOLDFAST_VIPS, in the network of ${name}` };
  });
}
