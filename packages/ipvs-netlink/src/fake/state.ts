import { fail, ok, type Result } from '@holdfast/kit';
import type { IpvsRequest } from '../codec/request.ts';
import { type TableDraft, tableDraft } from '../planner/apply.ts';
import { serverId, serviceId } from '../table/identity.ts';
import type { ServerReport, Statistics, Timeouts } from '../table/reports.ts';
import { persistenceEngines, schedulers } from '../table/schedulers.ts';
import type { Pool, Server, ServerKey, ServiceKey } from '../table/types.ts';
import { type FakeDaemons, fakeDaemons } from './daemons.ts';
import { type Errno, type Modules, parseServiceKey } from './parse-service.ts';
import { noStatistics } from './replies.ts';
import type { FakeWorld } from './types.ts';

/** All that the fake kernel remembers; it changes in place. */
export interface FakeState {
  readonly modules: Modules;
  readonly draft: TableDraft;
  readonly daemons: FakeDaemons;
  readonly counters: Map<string, Partial<Omit<ServerReport, 'server'>>>;
  timeouts: Timeouts;
  isPrivileged: boolean;
}

/** What a command answers: data messages, or why not. */
export type Messages = Result<readonly IpvsRequest[], Errno>;

export const fakeState = (world: FakeWorld): FakeState => ({
  modules: {
    schedulers: world.schedulers ?? schedulers,
    persistenceEngines: world.persistenceEngines ?? persistenceEngines,
    hasIpv6: world.hasIpv6 ?? true,
  },
  draft: tableDraft(new Map()),
  daemons: fakeDaemons(world.interfaces ?? []),
  counters: new Map(),
  timeouts: { tcp: 900, tcpFin: 120, udp: 300 },
  isPrivileged: true,
});

/** The service that a request's key names. */
export function poolOf({ modules, draft }: FakeState, attributes: Uint8Array): Result<Pool, Errno> {
  const key = parseServiceKey(attributes, modules);
  if (!key.ok) return key;
  const found = draft.table.get(serviceId(key.value));
  return found === undefined ? fail('ESRCH') : ok(found);
}

export const counterId = (service: ServiceKey, server: ServerKey): string =>
  `${serviceId(service)} ${serverId(server)}`;

export const reportOf = ({ counters }: FakeState, service: ServiceKey, server: Server): ServerReport => ({
  server,
  activeConnections: 0,
  inactiveConnections: 0,
  persistentConnections: 0,
  statistics: noStatistics,
  ...counters.get(counterId(service, server)),
});

/** A service counts what its servers count. */
export const serviceStatistics = (state: FakeState, { service, servers }: Pool): Statistics =>
  [...servers.values()]
    .map((server) => reportOf(state, service.key, server).statistics)
    .reduce(sum, noStatistics);

const sum = (a: Statistics, b: Statistics): Statistics => ({
  connections: a.connections + b.connections,
  incomingPackets: a.incomingPackets + b.incomingPackets,
  outgoingPackets: a.outgoingPackets + b.outgoingPackets,
  incomingBytes: a.incomingBytes + b.incomingBytes,
  outgoingBytes: a.outgoingBytes + b.outgoingBytes,
  connectionRate: a.connectionRate + b.connectionRate,
  incomingPacketRate: a.incomingPacketRate + b.incomingPacketRate,
  outgoingPacketRate: a.outgoingPacketRate + b.outgoingPacketRate,
  incomingByteRate: a.incomingByteRate + b.incomingByteRate,
  outgoingByteRate: a.outgoingByteRate + b.outgoingByteRate,
});
