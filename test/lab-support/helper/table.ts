import { failureText, type Ipvs, openIpvs, serviceId } from '@holdfast/ipvs-netlink';
import { monotonicMicros } from '../monotonic.ts';

/** What the kernel's LVS table holds: services by id such as `tcp 10.0.0.1:80`, each with its servers. */
export interface TableReport {
  /** Microseconds of CLOCK_MONOTONIC when it was read. */
  readonly at: number;
  readonly services: Readonly<Record<string, readonly ServerLine[]>>;
}

export interface ServerLine {
  readonly address: string;
  readonly weight: number;
  readonly active: number;
  readonly inactive: number;
  /** Connections since the entry was made; the kernel counts them up every 2 s. */
  readonly connections: number;
}

/** Said when the table was emptied on demand. */
export interface Flushed {
  readonly flushed: number;
}

const lookEvery = 50;

/**
 * Prints the LVS table of its network namespace as a line of JSON when it has changed. The line `flush` on standard
 * input empties it, as `ipvsadm -C` does.
 */
export async function table(_args: readonly string[]): Promise<void> {
  const opened = await openIpvs();
  if (!opened.ok) {
    process.stderr.write(`${failureText(opened.error)}\n`);
    process.exit(1);
  }
  const ipvs = opened.value;
  process.stdin.on('data', (chunk) => {
    if (String(chunk).includes('flush')) void flush(ipvs);
  });
  let last = '';
  for (;;) {
    const services = await read(ipvs);
    const text = JSON.stringify(services);
    if (text !== last) print({ at: monotonicMicros(), services });
    last = text;
    await new Promise((resolve) => setTimeout(resolve, lookEvery));
  }
}

async function flush(ipvs: Ipvs): Promise<void> {
  const done = await ipvs.flush();
  if (done.ok) print({ flushed: monotonicMicros() });
  else process.stderr.write(`${failureText(done.error)}\n`);
}

async function read(ipvs: Ipvs): Promise<TableReport['services']> {
  const found = await ipvs.services();
  if (!found.ok) return {};
  const services: Record<string, readonly ServerLine[]> = {};
  for (const { service } of found.value) {
    const servers = await ipvs.servers(service.key);
    services[serviceId(service.key)] = !servers.ok
      ? []
      : servers.value.map(({ server, activeConnections, inactiveConnections, statistics }) => ({
          address: server.address,
          weight: server.weight,
          active: activeConnections,
          inactive: inactiveConnections,
          connections: Number(statistics.connections),
        }));
  }
  return services;
}

const print = (report: TableReport | Flushed): boolean => process.stdout.write(`${JSON.stringify(report)}\n`);
