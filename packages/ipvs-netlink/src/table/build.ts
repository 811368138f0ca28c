import { serverId, serviceId } from './identity.ts';
import type { Pool, Server, Service, ServiceKey, Table } from './types.ts';

/** A pool of a service and its servers; of two servers with one key the last one stands. */
export const pool = (service: Service, servers: Iterable<Server> = []): Pool => ({
  service,
  servers: new Map([...servers].map((server) => [serverId(server), server])),
});

/** A table of pools; of two services with one key the last one stands. */
export const table = (...pools: readonly Pool[]): Table =>
  new Map(pools.map((entry) => [serviceId(entry.service.key), entry]));

/** A service with the given key and scheduler, and nothing else: no flags, no persistence. */
export const service = (
  key: ServiceKey,
  scheduler: string,
  rest: Partial<Omit<Service, 'key' | 'scheduler'>> = {},
): Service => ({
  schedulerFlags: { flag1: false, flag2: false, flag3: false },
  onePacket: false,
  persistence: undefined,
  persistenceEngine: undefined,
  ...rest,
  key,
  scheduler,
});

/** A server of weight 1 without thresholds, reached by NAT unless told otherwise. */
export const server = (
  key: Pick<Server, 'address' | 'port'>,
  rest: Partial<Omit<Server, 'address' | 'port'>> = {},
): Server => ({
  forwarding: { method: 'NAT' },
  weight: 1,
  upperThreshold: 0,
  lowerThreshold: 0,
  ...rest,
  address: key.address,
  port: key.port,
});
