import { fail, ok } from '@holdfast/kit';
import { readAttributes } from '../codec/attributes.ts';
import { top } from '../codec/constants.ts';
import { type Errno, parseService } from './parse-service.ts';
import { serviceReply } from './replies.ts';
import { counterId, type FakeState, type Messages, poolOf, serviceStatistics } from './state.ts';

export function writeService(
  state: FakeState,
  attributes: Uint8Array,
  kind: 'add-service' | 'set-service',
): Messages {
  const service = parseService(attributes, state.modules);
  if (service.ok) return answered(state.draft.perform({ kind, service: service.value }));
  if (service.error !== 'ENOENT') return service;
  // That the key is there, or is not, comes before the missing scheduler.
  const isThere = poolOf(state, attributes).ok;
  if (kind === 'add-service') return fail(isThere ? 'EEXIST' : 'ENOENT');
  return fail(isThere ? 'ENOENT' : 'ESRCH');
}

export function deleteService(state: FakeState, attributes: Uint8Array): Messages {
  const pool = poolOf(state, attributes);
  if (!pool.ok) return pool;
  return answered(state.draft.perform({ kind: 'delete-service', service: pool.value.service.key }));
}

export function getService(state: FakeState, attributes: Uint8Array): Messages {
  const pool = poolOf(state, attributes);
  return pool.ok ? ok([serviceReply(pool.value.service, serviceStatistics(state, pool.value))]) : pool;
}

/** Without a key: all of them. */
export function zero(state: FakeState, attributes: Uint8Array): Messages {
  if (readAttributes(attributes).get(top.service) === undefined) {
    state.counters.clear();
    return ok([]);
  }
  const pool = poolOf(state, attributes);
  if (!pool.ok) return pool;
  const { service, servers } = pool.value;
  for (const server of servers.values()) state.counters.delete(counterId(service.key, server));
  return ok([]);
}

export function flush({ draft, counters }: FakeState): Messages {
  for (const { service } of [...draft.table.values()]) {
    draft.perform({ kind: 'delete-service', service: service.key });
  }
  counters.clear();
  return ok([]);
}

export const answered = (errno: Errno | undefined): Messages => (errno === undefined ? ok([]) : fail(errno));
