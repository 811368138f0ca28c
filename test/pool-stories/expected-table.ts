import { isUp, type PoolHealth, weightOf } from './model-pool.ts';
import { type PoolSection, type Slot, serverAddress, serverPort, serviceName } from './pool-file.ts';

/** What stands in the kernel, as text: services by name. */
export type TableText = ReadonlyMap<string, ServiceText>;

export interface ServiceText {
  /** Scheduler, flags, persistence. */
  readonly settings: string;
  /** By `address:port`. */
  readonly servers: ReadonlyMap<string, ServerText>;
}

export interface ServerText {
  readonly weight: number;
  /** Forwarding and thresholds. */
  readonly settings: string;
}

/** What should stand there for one virtual server. */
export function expectedServices(slot: Slot, pool: PoolSection, health: PoolHealth): TableText {
  const settings = serviceSettings(pool);
  const servers = expectedServers(slot, pool, health);
  return new Map(
    pool.entries.map((entry) => [serviceName(slot, entry, pool.protocol), { settings, servers }]),
  );
}

export const serviceSettings = ({ scheduler, withPort, persistence }: PoolSection): string =>
  `${scheduler}${withPort ? ' flag-2' : ''}${persistence === 0 ? '' : ` persistent ${persistence}`}`;

/** keepalived.conf(5): the sorry server stands alone when the quorum is lost; what is inhibited stays at weight 0. */
function expectedServers(slot: Slot, pool: PoolSection, health: PoolHealth): ReadonlyMap<string, ServerText> {
  const { forwarding, sorry } = pool;
  const isSorry = health.quorum === 'down' && sorry !== undefined;
  const servers = new Map<string, ServerText>();
  for (const server of pool.servers) {
    const settings = `${forwarding} ${server.upperThreshold}/${server.lowerThreshold}`;
    const serves = isUp(pool, server, health) && !isSorry;
    if (!serves && !server.inhibit) continue;
    const weight = serves ? weightOf(pool, server, health) : 0;
    servers.set(endpoint(slot, pool, server.number), { weight, settings });
  }
  if (sorry === undefined) return servers;
  const name = endpoint(slot, pool, sorry);
  if (isSorry) servers.set(name, { weight: 1, settings: `${forwarding} 0/0` });
  else if (pool.sorryInhibit && !servers.has(name))
    servers.set(name, { weight: 0, settings: `${forwarding} 0/0` });
  return servers;
}

const endpoint = (slot: Slot, pool: PoolSection, server: number): string =>
  `${serverAddress(slot, pool.number, server)}:${serverPort}`;

/** As lines, sorted, to be compared and printed. */
export const tableLines = (table: TableText): readonly string[] =>
  [...table]
    .flatMap(([name, { settings, servers }]) => [
      `${name} ${settings}`,
      ...[...servers].map(([key, server]) => `${name} ${key} ${server.weight} ${server.settings}`),
    ])
    .toSorted();
