import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AddressWatch, watchAddresses } from '../lab-support/address-watch.ts';
import { type AdvertWatch, watchAdverts } from '../lab-support/advert-watch.ts';
import { type Daemon, startDaemon } from '../lab-support/daemon.ts';
import { LabError } from '../lab-support/lab-error.ts';
import { makeNetwork, type Network } from '../lab-support/network.ts';
import { type Probe, startProbe } from '../lab-support/probe.ts';
import { rootFolder } from '../lab-support/root-folder.ts';
import { type WebService, webService } from '../lab-support/web-service.ts';

/** The virtual address of conf/demo, and the one that the story adds to it. */
export const vip = '192.168.100.10';
export const addedVip = '192.168.100.20';

export const requestsPerSecond = 150;

/** Everything that takes part in the story. */
export interface Stage {
  readonly network: Network;
  readonly addresses: AddressWatch;
  readonly adverts: AdvertWatch;
  readonly probe: Probe;
  readonly daemon: (host: string) => Daemon;
  readonly web: (host: string) => WebService;
  /** Starts the daemon of a router with this configuration, also again. */
  readonly boot: (host: string, config: string) => void;
}

/** The text of conf/demo/HOST.conf. */
export const demoConfig = (host: string): string =>
  readFileSync(join(rootFolder, 'conf', 'demo', `${host}.conf`), 'utf8');

/** Makes the network, the web services and the client, and starts both daemons. */
export async function setStage(program: string | undefined): Promise<Stage> {
  const network = makeNetwork({ routers: ['router1', 'router2'], subnet: '192.168.100' });
  const addresses = watchAddresses(network);
  const services = new Map(network.routers.map((host) => [host, webService(network, host)]));
  const [adverts] = await Promise.all([
    watchAdverts(network),
    ...[...services.values()].map((service) => service.start()),
  ]);
  const daemons = new Map<string, Daemon>();
  const boot = (host: string, config: string): void => {
    daemons.set(host, startDaemon(network, host, config, program));
  };
  for (const host of network.routers) boot(host, demoConfig(host));
  return {
    network,
    addresses,
    adverts,
    probe: startProbe(network, vip, { rate: requestsPerSecond }),
    daemon: (host) => known(daemons.get(host), host),
    web: (host) => known(services.get(host), host),
    boot,
  };
}

function known<T>(value: T | undefined, host: string): T {
  if (value === undefined) throw new LabError(`nothing is known of ${host}`);
  return value;
}
