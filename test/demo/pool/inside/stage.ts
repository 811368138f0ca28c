import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Daemon, startDaemon } from '../../../lab-support/daemon.ts';
import { LabError } from '../../../lab-support/lab-error.ts';
import type { Network } from '../../../lab-support/network.ts';
import { type Probe, startProbe } from '../../../lab-support/probe.ts';
import { rootFolder } from '../../../lab-support/root-folder.ts';
import { eventually } from '../../../lab-support/until.ts';
import { type WebService, webService } from '../../../lab-support/web-service.ts';
import { type PoolName, poolPort, pools, requestsPerSecond, type ServerName, serverNames } from '../cast.ts';
import { makePoolNetwork } from './network.ts';
import { wantedPools } from './pools-text.ts';
import { type TableWatch, watchTable } from './table-watch.ts';

/** Everything that takes part in the story of the pool. */
export interface PoolStage {
  readonly network: Network;
  readonly daemon: Daemon;
  /** Where the daemon writes the process number of its healthcheck worker. */
  readonly workerPidFile: string;
  readonly table: TableWatch;
  readonly probes: readonly { readonly pool: PoolName; readonly probe: Probe }[];
  readonly web: (server: ServerName) => WebService;
}

/**
 * Milliseconds that the client waits for an answer. Longer than a person would: on a busy machine user-mode Linux stands
 * still for a while, and a request that nobody serves is refused at once.
 */
const patience = 3000;

/** The real servers that the configuration begins with. */
export const firstServers: readonly ServerName[] = ['server1', 'server2', 'server3'];

/** Makes the network, starts servers, director and client; the client when the pool is there, or late. */
export async function setPoolStage(
  program: string | undefined,
  { leave, say }: { readonly leave: boolean; readonly say: (text: string) => void },
): Promise<PoolStage> {
  const network = makePoolNetwork(leave);
  say('network is there: a director, a client, and places for five servers');
  const services = new Map(serverNames.map((name) => [name, webService(network, name)]));
  await Promise.all([...firstServers, 'sorry' as const].map((name) => services.get(name)?.start()));
  say('three web servers and the sorry server answer; the director starts');
  const table = watchTable(network);
  const config = readFileSync(join(rootFolder, 'conf', 'demo', 'director.conf'), 'utf8');
  const daemon = startDaemon(network, 'director', config, program);
  await eventually(30_000, () => table.changes.at(-1)?.text === wantedPools(firstServers));
  const probes = pools.map(({ name, address }) => ({
    pool: name,
    probe: startProbe(network, address, {
      rate: requestsPerSecond,
      port: poolPort,
      timeout: patience,
    }),
  }));
  return {
    network,
    daemon,
    workerPidFile: join(network.directory, 'director', 'checkers.pid'),
    table,
    probes,
    web: (server) => {
      const service = services.get(server);
      if (service === undefined) throw new LabError(`there is no ${server}`);
      return service;
    },
  };
}
