import type { RealServer, VirtualServer } from '@holdfast/config';
import type { Ipvs, ServerReport } from '@holdfast/ipvs-netlink';
import { desiredService } from '../logic/desired-service.ts';
import type { KernelCounts } from '../logic/statistics.ts';

/** The counts of a virtual server's real servers, by their keys. */
export type CountsOf = (config: VirtualServer) => ReadonlyMap<string, KernelCounts>;

const mostServices = 2000;

export const noCounts: CountsOf = () => new Map();

/**
 * What the kernel counts for the real servers. A service that cannot be read counts nothing, nor do those beyond the
 * first two thousand: each is a question of its own, and changes of the table wait behind it.
 * @param ipvs undefined: it has not been reached
 */
export async function kernelCounts(
  ipvs: Pick<Ipvs, 'servers'> | undefined,
  configs: readonly VirtualServer[],
): Promise<CountsOf> {
  if (ipvs === undefined) return noCounts;
  const counts = new Map<VirtualServer, ReadonlyMap<string, KernelCounts>>();
  let asked = 0;
  for (const config of configs) {
    asked += config.services.length;
    if (asked > mostServices) break;
    counts.set(config, await countsOf(ipvs, config));
  }
  return (config) => counts.get(config) ?? new Map();
}

async function countsOf(
  ipvs: Pick<Ipvs, 'servers'>,
  config: VirtualServer,
): Promise<ReadonlyMap<string, KernelCounts>> {
  const byServer = new Map<string, RealServer>();
  const counts = new Map<string, KernelCounts>();
  for (const at of config.services) {
    const reports = await ipvs.servers(desiredService(config, at).key);
    if (!reports.ok) continue;
    for (const server of config.realServers) {
      const port = server.port === 0 && at.kind === 'address' ? at.port : server.port;
      byServer.set(`${server.address} ${port}`, server);
    }
    for (const report of reports.value) {
      const server = byServer.get(`${report.server.address} ${report.server.port}`);
      if (server !== undefined) counts.set(server.key, sum(counts.get(server.key), report));
    }
  }
  return counts;
}

function sum(before: KernelCounts | undefined, report: ServerReport): KernelCounts {
  const { server, statistics } = report;
  return {
    weight: Math.max(before?.weight ?? 0, server.weight),
    activeConnections: (before?.activeConnections ?? 0) + report.activeConnections,
    inactiveConnections: (before?.inactiveConnections ?? 0) + report.inactiveConnections,
    connections: (before?.connections ?? 0) + Number(statistics.connections),
    incomingBytes: (before?.incomingBytes ?? 0) + Number(statistics.incomingBytes),
    outgoingBytes: (before?.outgoingBytes ?? 0) + Number(statistics.outgoingBytes),
  };
}
