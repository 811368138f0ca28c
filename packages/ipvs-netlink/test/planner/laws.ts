import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { apply, Pool, plan, planPool, recordWritten, Server, Table } from '../../src/index.ts';
import { type Change, type Remark, serverId, serviceId } from '../../src/index.ts';
import { anyTable, anyViews } from '../tables.ts';

/** What the laws are about; given, so that they can be held against broken copies as well. */
export interface Planner {
  readonly plan: typeof plan;
  readonly planPool: typeof planPool;
  readonly apply: typeof apply;
  readonly recordWritten: typeof recordWritten;
}

export interface Law {
  readonly name: string;
  /** @throws with a counterexample when the law does not hold */
  readonly check: (planner: Planner) => void;
}

const holds = <T>(arbitrary: fc.Arbitrary<T>, predicate: (value: T) => boolean): void =>
  fc.assert(fc.property(arbitrary, predicate), { seed: 20_260_701, numRuns: 300 });

export const laws: readonly Law[] = [
  {
    name: 'a plan over an unknown table makes it the desired one and touches nothing of others',
    check: ({ plan, apply }) =>
      holds(fc.tuple(anyTable, anyTable), ([desired, actual]) => {
        const { table, refused } = apply(plan(desired, actual).changes, actual);
        return (
          refused.length === 0 && isDeepStrictEqual(sorted(table), sorted(new Map([...actual, ...desired])))
        );
      }),
  },
  {
    name: 'a plan that knows what was written leaves exactly what is due',
    check: ({ plan, apply }) =>
      holds(anyViews, ({ desired, actual, written }) => {
        const { table, refused } = apply(plan(desired, actual, written).changes, actual);
        return (
          refused.length === 0 && isDeepStrictEqual(sorted(table), sorted(due(desired, actual, written)))
        );
      }),
  },
  {
    name: 'nothing to do and nothing to say where all is as written and desired',
    check: ({ plan }) =>
      holds(anyTable, (x) => isDeepStrictEqual(plan(x, x, x), { changes: [], remarks: [] })),
  },
  {
    name: 'nothing to do where all is as desired, though nothing is known of it',
    check: ({ plan }) => holds(anyTable, (x) => plan(x, x).changes.length === 0),
  },
  {
    name: 'a service that serves before and after serves at every moment between',
    check: ({ plan, apply }) =>
      holds(anyViews, ({ desired, actual, written }) => {
        const { changes } = plan(desired, actual, written);
        const end = apply(changes, actual).table;
        const served = [...actual].filter(([id, before]) => serves(before) && serves(end.get(id)));
        return changes.every((_, length) => {
          const now = apply(changes.slice(0, length), actual).table;
          return served.every(([id]) => serves(now.get(id)));
        });
      }),
  },
  {
    name: 'no entry is changed twice, and none that is right already',
    check: ({ plan, apply }) =>
      holds(anyViews, ({ desired, actual, written }) => {
        const { changes } = plan(desired, actual, written);
        const end = apply(changes, actual).table;
        const touched = changes.map(entryOf);
        const isIdle = (id: string): boolean =>
          isDeepStrictEqual(entries(actual).get(id), entries(end).get(id));
        return new Set(touched).size === touched.length && !touched.some(isIdle);
      }),
  },
  {
    name: 'after a plan nothing is left to do, whatever of it failed the first time',
    check: ({ plan, apply, recordWritten }) =>
      holds(fc.tuple(anyViews, fc.array(fc.nat(20))), ([{ desired, actual, written }, fails]) => {
        const first = plan(desired, actual, written).changes;
        const [failed, done] = [true, false].map((fate) =>
          first.filter((_, i) => fails.includes(i) === fate),
        );
        const half = apply(done ?? [], actual);
        const missed = [...(failed ?? []), ...half.refused.map(({ change }) => change)];
        const known = recordWritten(desired, written, missed);
        const whole = apply(plan(desired, half.table, known).changes, half.table);
        const rest = plan(desired, whole.table, recordWritten(desired, known, []));
        return (
          rest.changes.length === 0 &&
          isDeepStrictEqual(sorted(whole.table), sorted(due(desired, actual, written)))
        );
      }),
  },
  {
    name: 'a plan of one service is its part of the whole plan',
    check: ({ plan, planPool }) =>
      holds(anyViews, ({ desired, actual, written }) => {
        const whole = plan(desired, actual, written);
        return [...desired.keys(), ...actual.keys(), ...written.keys()].every((id) => {
          const views = { desired: desired.get(id), actual: actual.get(id), written: written.get(id) };
          const mine = ({ service }: { readonly service: Change['service'] }): boolean =>
            idOf(service) === id;
          const part = { changes: whole.changes.filter(mine), remarks: whole.remarks.filter(mine) };
          return isDeepStrictEqual(planPool(views), part);
        });
      }),
  },
  {
    name: 'every difference between the kernel and what was written is remarked on once',
    check: ({ plan }) =>
      holds(anyViews, ({ desired, actual, written }) => {
        const said = plan(desired, actual, written).remarks.map(remarkText);
        return isDeepStrictEqual(said.toSorted(), differences(desired, actual, written).toSorted());
      }),
  },
];

const serves = (entry: Pool | undefined): boolean =>
  entry !== undefined && [...entry.servers.values()].some(({ weight }) => weight > 0);

/** What must stand in the kernel after a plan: the rules once more, entry by entry and without any order. */
function due(desired: Table, actual: Table, written: Table): Table {
  const result = new Map<string, Pool>();
  for (const [id, found] of actual) if (!desired.has(id) && !written.has(id)) result.set(id, found);
  for (const [id, wanted] of desired) {
    const [found, ours] = [actual.get(id), written.get(id)];
    const servers = new Map<string, Server>();
    for (const [key, server] of found?.servers ?? [])
      if (ours && !ours.servers.has(key)) servers.set(key, server);
    for (const [key, server] of wanted.servers) {
      const [there, wrote] = [found?.servers.get(key), ours?.servers.get(key)];
      const byHand = there && wrote && there.weight !== wrote.weight && wrote.weight === server.weight;
      servers.set(key, byHand ? { ...server, weight: there.weight } : server);
    }
    result.set(id, { service: wanted.service, servers });
  }
  return result;
}

function differences(desired: Table, actual: Table, written: Table): readonly string[] {
  return [...desired].flatMap(([id, wanted]) => {
    const [found, ours] = [actual.get(id), written.get(id)];
    if (found === undefined) return ours === undefined ? [] : [`service-vanished ${id}`];
    if (ours === undefined) return [`service-adopted ${id}`];
    const altered = isDeepStrictEqual(found.service, ours.service) ? [] : [`service-altered ${id}`];
    const strange = [...found.servers.keys()]
      .filter((key) => !wanted.servers.has(key) && !ours.servers.has(key))
      .map((key) => `server-not-ours ${id} ${key}`);
    return [
      ...altered,
      ...strange,
      ...[...wanted.servers.keys()].flatMap((key) =>
        serverDifferences(`${id} ${key}`, found.servers.get(key), ours.servers.get(key)),
      ),
    ];
  });
}

function serverDifferences(
  name: string,
  found: Server | undefined,
  ours: Server | undefined,
): readonly string[] {
  if (ours === undefined) return [];
  if (found === undefined) return [`server-vanished ${name}`];
  const weight = found.weight === ours.weight ? [] : [`weight-by-hand ${name}`];
  const isAltered = !isDeepStrictEqual({ ...found, weight: 0 }, { ...ours, weight: 0 });
  return isAltered ? [`server-altered ${name}`, ...weight] : weight;
}

const idOf = (service: Change['service']): string => serviceId('key' in service ? service.key : service);

const entryOf = (change: Change): string =>
  `${idOf(change.service)} ${'server' in change ? serverId(change.server) : ''}`;

function remarkText(remark: Remark): string {
  const server = 'server' in remark ? remark.server : 'found' in remark ? remark.found : undefined;
  const suffix = server !== undefined && 'address' in server ? ` ${serverId(server)}` : '';
  return `${remark.kind} ${serviceId(remark.service)}${suffix}`;
}

function entries(table: Table): ReadonlyMap<string, object> {
  return new Map(
    [...table].flatMap(([id, { service, servers }]) => [
      entry(`${id} `, service),
      ...[...servers].map(([key, server]) => entry(`${id} ${key}`, server)),
    ]),
  );
}

const entry = (id: string, value: object): readonly [string, object] => [id, value];

/** Without the order of entries, which the kernel does not keep. */
const sorted = (table: Table): readonly unknown[] =>
  [...entries(table)].toSorted(([a], [b]) => (a < b ? -1 : 1));
