import type { VirtualServer } from '@holdfast/config';
import type { Table } from '@holdfast/ipvs-netlink';
import { pool, service, serviceId } from '@holdfast/ipvs-netlink/table';
import { desiredPools } from './desired-pools.ts';
import type { SavedPools, VirtualServerState } from './types.ts';

/**
 * What a predecessor has written, as far as it is known: what it wanted, unless it died before it had written all of
 * it; then the kernel's list is made ours, whatever it is. What it had besides is to go.
 */
export function adoptedTable(
  { written = [], settled }: SavedPools,
  entries: readonly { readonly config: VirtualServer; readonly state: VirtualServerState }[],
): Table {
  const adopted = new Map(written.map((key) => [serviceId(key), pool(service(key, 'wlc'))]));
  const known = new Set(settled);
  for (const { config, state } of entries)
    for (const [id, wanted] of desiredPools(config, state))
      if (!known.has(config.key)) adopted.delete(id);
      else if (adopted.has(id)) adopted.set(id, wanted);
  return adopted;
}
