import { sameButWeight, sameServer } from '../table/equality.ts';
import type { Pool, Server, ServiceKey } from '../table/types.ts';
import type { Change, Plan, Remark } from './types.ts';

interface Views {
  readonly key: ServiceKey;
  readonly desired: Pool;
  readonly actual: Pool;
  readonly written: Pool | undefined;
}

/** The servers of a service that is there and stays: raise, then quiesce, then delete. */
export function planServers(views: Views): Plan {
  const { key, desired, actual, written } = views;
  const [raise, quiesce]: [Change[], Change[]] = [[], []];
  const remarks: Remark[] = [];
  for (const [id, wanted] of desired.servers) {
    const [found, ours] = [actual.servers.get(id), written?.servers.get(id)];
    if (found === undefined) {
      raise.push({ kind: 'add-server', service: key, server: wanted });
      if (ours !== undefined) remarks.push({ kind: 'server-vanished', service: key, server: keyOf(wanted) });
      continue;
    }
    remarks.push(...remarksOn(key, found, ours));
    const target = withWeightByHand(wanted, found, ours);
    if (sameServer(found, target)) continue;
    (target.weight > 0 ? raise : quiesce).push({ kind: 'set-server', service: key, server: target });
  }
  const surplus = planSurplus(views);
  return { changes: [...raise, ...quiesce, ...surplus.changes], remarks: [...remarks, ...surplus.remarks] };
}

/**
 * Servers of the kernel that are not desired. Where we know what we wrote, one that we did not write was added by an
 * operator and stays; where we do not know (a start over an old table), the desired list is the list.
 */
function planSurplus({ key, desired, actual, written }: Views): Plan {
  const surplus = [...actual.servers].filter(([id]) => !desired.servers.has(id));
  const isOurs = (id: string): boolean => written === undefined || written.servers.has(id);
  return {
    changes: surplus
      .filter(([id]) => isOurs(id))
      .map(([, server]) => ({ kind: 'delete-server', service: key, server: keyOf(server) })),
    remarks: surplus
      .filter(([id]) => !isOurs(id))
      .map(([, found]) => ({ kind: 'server-not-ours', service: key, found })),
  };
}

function remarksOn(key: ServiceKey, found: Server, ours: Server | undefined): readonly Remark[] {
  if (ours === undefined) return [];
  const altered: readonly Remark[] = sameButWeight(found, ours)
    ? []
    : [{ kind: 'server-altered', service: key, found }];
  if (found.weight === ours.weight) return altered;
  const weights = { written: ours.weight, found: found.weight };
  return [...altered, { kind: 'weight-by-hand', service: key, server: keyOf(found), ...weights }];
}

/** An operator's weight stays as long as we have none to write that differs from the one written last. */
function withWeightByHand(wanted: Server, found: Server, ours: Server | undefined): Server {
  const isByHand = ours !== undefined && found.weight !== ours.weight;
  return isByHand && wanted.weight === ours.weight ? { ...wanted, weight: found.weight } : wanted;
}

const keyOf = ({ address, port }: Server): Pick<Server, 'address' | 'port'> => ({ address, port });
