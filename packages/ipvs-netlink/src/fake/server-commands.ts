import { familyOf } from '@holdfast/kit';
import { familyOfService } from '../table/identity.ts';
import { parseServer, parseServerKey } from './parse-server.ts';
import { answered } from './service-commands.ts';
import { counterId, type FakeState, type Messages, poolOf } from './state.ts';

export function writeServer(
  state: FakeState,
  attributes: Uint8Array,
  kind: 'add-server' | 'set-server',
): Messages {
  const pool = poolOf(state, attributes);
  if (!pool.ok) return pool;
  const service = pool.value.service.key;
  const server = parseServer(attributes, service, state.daemons.running.size > 0);
  return server.ok ? answered(state.draft.perform({ kind, service, server: server.value })) : server;
}

export function deleteServer(state: FakeState, attributes: Uint8Array): Messages {
  const pool = poolOf(state, attributes);
  if (!pool.ok) return pool;
  const service = pool.value.service.key;
  const server = parseServerKey(attributes, service);
  if (!server.ok) return server;
  state.counters.delete(counterId(service, server.value));
  return answered(state.draft.perform({ kind: 'delete-server', service, server: server.value }));
}

/** A server of another family than its service: the sync daemons cannot carry its connections. */
export const hasMixedServer = ({ draft }: FakeState): boolean =>
  [...draft.table.values()].some(({ service, servers }) =>
    [...servers.values()].some(({ address }) => familyOf(address) !== familyOfService(service.key)),
  );
