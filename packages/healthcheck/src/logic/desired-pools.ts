import type { RealServer, RealServerAddress, ServiceAddress, VirtualServer } from '@holdfast/config';
import type { Server, Table } from '@holdfast/ipvs-netlink';
import { pool, table } from '@holdfast/ipvs-netlink/table';
import { familyOf } from '@holdfast/kit';
import { desiredService, familyAt } from './desired-service.ts';
import { isSorry } from './quorum.ts';
import type { VirtualServerState } from './types.ts';
import { effectiveWeight } from './weights.ts';

/**
 * The part of the kernel's table that should stand for a virtual server: each of its services, with the servers that
 * are up; or, without quorum, with the sorry server alone. `inhibit_on_failure` and `sorry_server_inhibit` keep at
 * weight 0 what is not to serve.
 */
export function desiredPools(config: VirtualServer, state: VirtualServerState): Table {
  return table(
    ...config.services.map((at) => pool(desiredService(config, at), desiredServers(config, state, at))),
  );
}

/** Of two with one address and port the last one stands: the sorry server, where it serves. */
function desiredServers(
  config: VirtualServer,
  state: VirtualServerState,
  at: ServiceAddress,
): readonly Server[] {
  const sorry = isSorry(config, state);
  const real = config.realServers.flatMap((server, i) => {
    const health = state.servers[i];
    const isIn = health?.alive === true && !sorry;
    if (health === undefined || health.override?.kind === 'disable') return [];
    // Connections of a server that is drained go on, also beside the sorry server.
    const drains = health.alive && health.override?.kind === 'drain';
    if (!drains && !(isIn || server.inhibitOnFailure)) return [];
    return [realServer(server, at, isIn ? effectiveWeight(health) : 0)];
  });
  return [...real, ...sorryServer(config, at, sorry, real)].filter(
    ({ address, forwarding }) => forwarding.method === 'TUN' || familyOf(address) === familyAt(at),
  );
}

function sorryServer(
  config: VirtualServer,
  at: ServiceAddress,
  serves: boolean,
  real: readonly Server[],
): readonly Server[] {
  if (config.sorryServer === undefined || !(serves || config.sorryServerInhibit)) return [];
  const server = withoutThresholds(config.sorryServer, at, serves ? 1 : 0);
  const isThere = real.some(({ address, port }) => address === server.address && port === server.port);
  return isThere && !serves ? [] : [server];
}

const realServer = (server: RealServer, at: ServiceAddress, weight: number): Server => ({
  ...withoutThresholds(server, at, weight),
  upperThreshold: server.upperThreshold,
  lowerThreshold: server.lowerThreshold,
});

/** A server without a port has the port of its service. */
const withoutThresholds = (
  { address, port, forwarding }: RealServerAddress,
  at: ServiceAddress,
  weight: number,
): Server => ({
  address,
  port: port === 0 && at.kind === 'address' ? at.port : port,
  forwarding,
  weight,
  upperThreshold: 0,
  lowerThreshold: 0,
});
