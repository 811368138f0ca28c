import { fail, ok, type Result } from '@holdfast/kit';
import { decodeServerOnly, decodeServiceOnly } from '../codec/report.ts';
import { requests } from '../codec/request.ts';
import { errnoNumber } from '../failure/errno.ts';
import { explain } from '../failure/explain.ts';
import type { Asked, IpvsFailure } from '../failure/types.ts';
import { pool } from '../table/build.ts';
import { samePool, sameTable } from '../table/equality.ts';
import { familyOfService, serviceId } from '../table/identity.ts';
import type { Pool, Server, Service, Table } from '../table/types.ts';
import type { Answer, IpvsTransport } from './transport.ts';
import type { Reading } from './types.ts';

const mostReadings = 6;

/** Reads until two readings in a row are equal, or one is equal to what was expected: then that very table is returned. */
export async function readTable(
  transport: IpvsTransport,
  expected: Table | undefined,
): Promise<Result<Reading, IpvsFailure>> {
  let before: Table | undefined;
  for (let i = 0; i < mostReadings; i++) {
    const reading = await readOnce(transport, before ?? expected);
    if (!reading.ok) return reading;
    const { table } = reading.value;
    if (expected !== undefined && sameTable(expected, table))
      return ok({ ...reading.value, table: expected });
    if (before !== undefined && sameTable(before, table)) return reading;
    before = table;
  }
  return fail({
    ...explain({ kind: 'list-services' }, errnoNumber('EAGAIN')),
    reason: 'others changed the table all the time while it was read',
    remedy: 'it is read again at the next look',
  });
}

/**
 * Services and the servers of each are dumps of their own; of an entry that comes twice the last one counts.
 * @param known pools that are as they were are kept: what was read of them is forgotten at once
 */
async function readOnce(
  transport: IpvsTransport,
  known: Table | undefined,
): Promise<Result<Reading, IpvsFailure>> {
  const answer = await transport.dump(requests.services);
  const failure = failureOf({ kind: 'list-services' }, answer);
  if (failure !== undefined) return fail(failure);
  const table = new Map<string, Pool>();
  const undescribed: string[] = [];
  for (const { attributes } of answer.messages) {
    const service = decodeServiceOnly(attributes);
    if (!service.ok) {
      undescribed.push(service.error);
      continue;
    }
    const servers = await readServers(transport, service.value, undescribed);
    if (!servers.ok) return servers;
    const id = serviceId(service.value.key);
    const [read, before] = [pool(service.value, servers.value), known?.get(id)];
    table.set(id, before !== undefined && samePool(before, read) ? before : read);
  }
  return ok({ table, undescribed });
}

async function readServers(
  transport: IpvsTransport,
  { key }: Service,
  undescribed: string[],
): Promise<Result<readonly Server[], IpvsFailure>> {
  const answer = await transport.dump(requests.servers(key));
  const failure = failureOf({ kind: 'list-servers', service: key }, answer);
  if (failure !== undefined) return fail(failure);
  const servers: Server[] = [];
  for (const { attributes } of answer.messages) {
    const server = decodeServerOnly(attributes, familyOfService(key));
    if (server.ok) servers.push(server.value);
    else undescribed.push(server.error);
  }
  // A dump tells the newest first; a table lists in the order of adding.
  return ok(servers.toReversed());
}

const failureOf = (asked: Asked, { errno }: Answer): IpvsFailure | undefined =>
  errno === 0 ? undefined : explain(asked, errno === 'silent' ? errnoNumber('ENOBUFS') : errno);
