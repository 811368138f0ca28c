import { serverId, serviceId } from '../table/identity.ts';
import type { Pool, Server, Service, Table } from '../table/types.ts';
import type { Change } from './types.ts';

/**
 * What is written after a plan was carried out: the `written` of the next plan. Entries whose change failed stay as
 * they were remembered, so that the next plan tries again; a service of which nothing was remembered stays so until all
 * of it is done, as its server list has yet to become ours. An operator's weight that the plan left in force is not
 * ours, hence not remembered.
 *
 * @param failed those changes of the plan that the kernel refused
 */
export function recordWritten(desired: Table, written: Table, failed: readonly Change[]): Table {
  const failures = byService(failed);
  const ids = new Set([...desired.keys(), ...written.keys()]);
  const after = [...ids].map(
    (id) => [id, recordPool(desired.get(id), written.get(id), failures.get(id) ?? [])] as const,
  );
  return new Map(after.flatMap(([id, pool]) => (pool === undefined ? [] : [[id, pool] as const])));
}

/** The same for one virtual service. */
export function recordPool(
  desired: Pool | undefined,
  written: Pool | undefined,
  failed: readonly Change[],
): Pool | undefined {
  if (failed.length === 0) return desired;
  if (written === undefined) return undefined;
  const kinds = new Set(failed.map(({ kind }) => kind));
  if (desired === undefined || kinds.has('add-service')) return written;
  const service = kinds.has('set-service') ? written.service : desired.service;
  return { service, servers: recordServers(desired, written, failed) };
}

function recordServers(desired: Pool, written: Pool, failed: readonly Change[]): Map<string, Server> {
  const servers = new Map(desired.servers);
  for (const change of failed) {
    if (!('server' in change)) continue;
    const id = serverId(change.server);
    const before = written.servers.get(id);
    if (before === undefined) servers.delete(id);
    else servers.set(id, before);
  }
  return servers;
}

function byService(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const id = serviceId(keyOf(change));
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [change]);
    else group.push(change);
  }
  return groups;
}

const keyOf = (change: Change): Service['key'] =>
  'key' in change.service ? change.service.key : change.service;
