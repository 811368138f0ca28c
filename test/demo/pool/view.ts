import { unreachable } from '@holdfast/kit';
import type { PoolName } from './cast.ts';
import type { Fact, TableEntry } from './facts.ts';

/** What became of the requests of one second. */
export interface Second {
  /** Microseconds divided by a million, rounded down. */
  readonly second: number;
  /** Who answered how many. */
  readonly answered: Readonly<Record<string, number>>;
  readonly lost: number;
}

/** What is known of one virtual server. */
export interface PoolView {
  readonly entries: readonly TableEntry[];
  /** The last seconds in which something was heard of requests, oldest first. */
  readonly seconds: readonly Second[];
}

/** Everything that the picture of the pool shows. */
export interface View {
  readonly pools: Readonly<Record<PoolName, PoolView>>;
  /** The servers whose web service runs. */
  readonly running: readonly string[];
  /** Requests since the step began. */
  readonly answered: number;
  readonly lost: number;
}

/** No more than the picture shows. */
export const secondsKept = 24;

const nothing: PoolView = { entries: [], seconds: [] };
export const emptyView: View = { pools: { NAT: nothing, DR: nothing }, running: [], answered: 0, lost: 0 };

/** The view after a fact that was read at `now`, in microseconds. */
export function withFact(view: View, fact: Fact, now: number): View {
  switch (fact.kind) {
    case 'step':
      return { ...view, answered: 0, lost: 0 };
    case 'table':
      return {
        ...view,
        pools: {
          NAT: { ...view.pools.NAT, entries: fact.pools.NAT },
          DR: { ...view.pools.DR, entries: fact.pools.DR },
        },
      };
    case 'running':
      return { ...view, running: fact.servers };
    case 'requests':
      return withRequests(view, fact, Math.floor(now / 1e6));
    case 'said':
    case 'outcome':
      return view;
    default:
      return unreachable(fact);
  }
}

function withRequests(view: View, fact: Extract<Fact, { kind: 'requests' }>, second: number): View {
  const pool = view.pools[fact.pool];
  const last = pool.seconds.at(-1);
  const before = last?.second === second ? pool.seconds.slice(0, -1) : pool.seconds;
  const base = last?.second === second ? last : { second, answered: {}, lost: 0 };
  const seconds = [
    ...before,
    { second, answered: sums(base.answered, fact.answered), lost: base.lost + fact.lost },
  ];
  const count = Object.values(fact.answered).reduce((sum, each) => sum + each, 0);
  return {
    ...view,
    answered: view.answered + count,
    lost: view.lost + fact.lost,
    pools: { ...view.pools, [fact.pool]: { ...pool, seconds: seconds.slice(-secondsKept - 1) } },
  };
}

function sums(
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const all: Record<string, number> = { ...one };
  for (const [name, count] of Object.entries(other)) all[name] = (all[name] ?? 0) + count;
  return all;
}
