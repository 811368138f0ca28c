import { address, type IpAddress } from '@holdfast/kit';
import fc from 'fast-check';
import {
  type Forwarding,
  type Pool,
  pool,
  type Server,
  type Service,
  type ServiceKey,
  type Table,
  table,
} from '../src/index.ts';

/** Few keys and few values, so that two tables overlap in every way soon. */
const keys: readonly ServiceKey[] = [
  { kind: 'address', protocol: 'tcp', address: address('10.9.0.100'), port: 80 },
  { kind: 'address', protocol: 'udp', address: address('10.9.0.100'), port: 80 },
  { kind: 'address', protocol: 'tcp', address: address('fd00::100'), port: 443 },
  { kind: 'fwmark', family: 4, mark: 7 },
  { kind: 'fwmark', family: 6, mark: 7 },
];

const addresses: readonly IpAddress[] = ['10.9.1.1', '10.9.1.2', '10.9.1.3', 'fd00::1'].map(address);

const forwarding: fc.Arbitrary<Forwarding> = fc.constantFrom<Forwarding>(
  { method: 'NAT' },
  { method: 'DR' },
  { method: 'TUN', tunnel: { type: 'ipip' } },
  { method: 'TUN', tunnel: { type: 'gue', port: 6080, checksum: 'csum' } },
  { method: 'TUN', tunnel: { type: 'gue', port: 6081, checksum: 'csum' } },
  { method: 'TUN', tunnel: { type: 'gre', checksum: 'nocsum' } },
);

/** Objects as literals make them, so that strict equality means what it says. */
const plain = { noNullPrototype: true };

export const anyServer: fc.Arbitrary<Server> = fc.record(
  {
    address: fc.constantFrom(...addresses),
    port: fc.constant(80),
    forwarding,
    weight: fc.constantFrom(0, 0, 1, 1, 2),
    upperThreshold: fc.constantFrom(0, 0, 50),
    lowerThreshold: fc.constantFrom(0, 0, 10),
  },
  plain,
);

export const serviceOf = (key: ServiceKey): fc.Arbitrary<Service> =>
  fc.record(
    {
      key: fc.constant(key),
      scheduler: fc.constantFrom('rr', 'wlc'),
      schedulerFlags: fc.record(
        { flag1: fc.boolean(), flag2: fc.constant(false), flag3: fc.constant(false) },
        plain,
      ),
      onePacket: fc.boolean(),
      persistence: fc.constant(undefined),
      persistenceEngine: fc.constant(undefined),
    },
    plain,
  );

const poolOf = (key: ServiceKey): fc.Arbitrary<Pool> =>
  fc
    .tuple(serviceOf(key), fc.array(anyServer, { maxLength: 4 }))
    .map(([service, servers]) => pool(service, servers));

export const anyTable: fc.Arbitrary<Table> = fc
  .tuple(...keys.map((key) => fc.option(poolOf(key), { nil: undefined })))
  .map((pools) => table(...pools.filter((entry) => entry !== undefined)));

/** Three views of one world: like three random tables, but mostly alike, as they are in life. */
export const anyViews: fc.Arbitrary<{
  readonly desired: Table;
  readonly actual: Table;
  readonly written: Table;
}> = fc
  .tuple(
    anyTable,
    anyTable,
    anyTable,
    fc.array(fc.constantFrom(0, 0, 1, 2), { minLength: 40, maxLength: 40 }),
  )
  .map(([desired, other, another, dice]) => {
    const roll = [...dice];
    return { desired, actual: mix(desired, other, roll), written: mix(desired, another, roll) };
  });

/** Entries of the first table, some of them taken from the second one, some left out, and the rest of the second. */
function mix(first: Table, second: Table, dice: number[]): Table {
  const servers = (a: Pool, b: Pool | undefined): Iterable<Server> =>
    [...mixMaps(a.servers, b?.servers ?? new Map<string, Server>(), dice)].map(([, server]) => server);
  const pools = mixMaps(first, second, dice);
  return new Map(
    [...pools].map(([id, entry]) => [id, pool(entry.service, servers(entry, second.get(id)))] as const),
  );
}

function mixMaps<T>(
  first: ReadonlyMap<string, T>,
  second: ReadonlyMap<string, T>,
  dice: number[],
): Map<string, T> {
  const mixed = new Map<string, T>();
  for (const id of new Set([...first.keys(), ...second.keys()])) {
    const die = dice.pop() ?? 0;
    const entry = die === 0 ? first.get(id) : die === 1 ? second.get(id) : undefined;
    if (entry !== undefined) mixed.set(id, entry);
  }
  return mixed;
}
