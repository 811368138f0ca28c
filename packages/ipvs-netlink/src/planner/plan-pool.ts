import { sameService } from '../table/equality.ts';
import type { Pool, Server, ServiceKey } from '../table/types.ts';
import { planServers } from './plan-servers.ts';
import type { Change, Plan, Remark } from './types.ts';

/** One virtual service in three views; a view that lacks the service is undefined. */
export interface PoolViews {
  /** What is to be. */
  readonly desired: Pool | undefined;
  /** What the kernel has. */
  readonly actual: Pool | undefined;
  /** What we wrote last; undefined when that is not known: then whatever is found is made the desired. */
  readonly written: Pool | undefined;
}

/**
 * What must be done to one virtual service: a health change needs no more than this.
 *
 * The order keeps a service serving: first the service itself, then what adds or raises servers, then what quiesces,
 * and deletions last. So where a server takes connections before and after, one does so at every moment between; the
 * sorry server comes before the last server goes.
 */
export function planPool(views: PoolViews): Plan {
  const { desired, actual, written } = views;
  if (desired === undefined) return planRemoval(actual, written);
  const { key } = desired.service;
  if (actual === undefined) return planCreation(desired, written);
  const servers = planServers({ key, desired, actual, written });
  return {
    changes: [
      ...(sameService(desired.service, actual.service)
        ? []
        : [{ kind: 'set-service', service: desired.service } as const]),
      ...servers.changes,
    ],
    remarks: [...serviceRemarks(key, actual, written), ...servers.remarks],
  };
}

/** A service that was never ours is not ours to delete. DEL_SERVICE takes the servers with it. */
function planRemoval(actual: Pool | undefined, written: Pool | undefined): Plan {
  if (actual === undefined || written === undefined) return { changes: [], remarks: [] };
  return { changes: [{ kind: 'delete-service', service: written.service.key }], remarks: [] };
}

function planCreation(desired: Pool, written: Pool | undefined): Plan {
  const { service, servers } = desired;
  const add = (server: Server): Change => ({ kind: 'add-server', service: service.key, server });
  return {
    changes: [{ kind: 'add-service', service }, ...[...servers.values()].map(add)],
    remarks:
      written === undefined
        ? []
        : [{ kind: 'service-vanished', service: service.key, servers: written.servers.size }],
  };
}

function serviceRemarks(key: ServiceKey, actual: Pool, written: Pool | undefined): readonly Remark[] {
  if (written === undefined) return [{ kind: 'service-adopted', service: key }];
  if (sameService(actual.service, written.service)) return [];
  return [{ kind: 'service-altered', service: key, found: actual.service }];
}
