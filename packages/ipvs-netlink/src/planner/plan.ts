import type { Table } from '../table/types.ts';
import { planPool } from './plan-pool.ts';
import type { Plan } from './types.ts';

/**
 * What must be done to a table so that it is as desired: for the start, a reload, and the periodic look.
 *
 * @param desired every virtual service that is to be, with the servers that are to be in it now
 * @param actual what the kernel has, with the entries of others
 * @param written what we wrote last, as far as it is known; a service that is not in it is taken as it is found:
 *   its server list becomes the desired one, whoever made it. Services in neither `desired` nor `written` are
 *   somebody else's and left alone.
 * @returns changes in an order that leaves no service without a server meanwhile (see `planPool`); services that
 *   go, go last
 */
export function plan(desired: Table, actual: Table, written: Table = new Map()): Plan {
  const kept = [...desired].map(([id, pool]) =>
    planPool({ desired: pool, actual: actual.get(id), written: written.get(id) }),
  );
  const gone = [...written]
    .filter(([id]) => !desired.has(id))
    .map(([id, pool]) => planPool({ desired: undefined, actual: actual.get(id), written: pool }));
  return join([...kept, ...gone]);
}

const join = (plans: readonly Plan[]): Plan => ({
  changes: plans.flatMap(({ changes }) => changes),
  remarks: plans.flatMap(({ remarks }) => remarks),
});
