import { type AddressWatch, watchAddresses } from '../lab-support/address-watch.ts';
import { type AdvertWatch, watchAdverts } from '../lab-support/advert-watch.ts';
import type { Daemon, OutputLine } from '../lab-support/daemon.ts';
import { LabError } from '../lab-support/lab-error.ts';
import { type ListeningWatch, watchListening } from '../lab-support/listening-watch.ts';
import { makeNetwork, type Network } from '../lab-support/network.ts';
import { type Probe, startProbe } from '../lab-support/probe.ts';
import { webService } from '../lab-support/web-service.ts';
import { routerConfig, vip } from '../support/pair.ts';
import type { Happening, Pace } from './happening.ts';
import { type ServiceManager, serviceManager } from './service-manager.ts';

const requestsPerSecond = 120;

const priorities = new Map([
  ['router1', 150],
  ['router2', 100],
]);

/** A pair under traffic, everything about it on record. */
export interface Arena {
  readonly network: Network;
  readonly addresses: AddressWatch;
  readonly adverts: AdvertWatch;
  readonly listening: ListeningWatch;
  readonly probe: Probe;
  readonly daemon: (host: string) => Daemon;
  /** What all daemons of a router said. */
  readonly output: (host: string) => readonly OutputLine[];
  /** Puts down what the arena itself does or sees. */
  readonly note: (happening: Happening) => void;
  /** All that has happened, in the order of time. */
  readonly happenings: () => readonly Happening[];
  readonly close: () => Promise<void>;
}

export const priorityOf = (host: string): number => priorities.get(host) ?? 100;

export async function openArena(pace: Pace): Promise<Arena> {
  const network = makeNetwork({ routers: [...priorities.keys()] });
  const noted: Happening[] = [];
  const note = (happening: Happening): void => void noted.push(happening);
  const addresses = watchAddresses(network);
  const listening = watchListening(network);
  const [adverts] = await Promise.all([
    watchAdverts(network),
    ...network.routers.map((host) => webService(network, host).start()),
  ]);
  const managers = new Map(
    network.routers.map((host) => [host, serviceManager(network, host, configFor(host, pace), note)]),
  );
  const probe = startProbe(network, vip, { rate: requestsPerSecond });
  return {
    network,
    addresses,
    adverts,
    listening,
    probe,
    daemon: (host) => known(managers.get(host), host).daemon(),
    output: (host) => known(managers.get(host), host).output(),
    note,
    happenings: () =>
      [...noted, ...addressHappenings(addresses), ...listeningHappenings(listening)].toSorted(
        (a, b) => a.at - b.at,
      ),
    async close() {
      listening.stop();
      probe.stop();
      await Promise.all([...managers.values()].map((manager) => manager.stop()));
      network.close();
    },
  };
}

const configFor = (host: string, { advertInt, version }: Pace): string =>
  routerConfig({ priority: priorityOf(host), advertInt, version });

function known(manager: ServiceManager | undefined, host: string): ServiceManager {
  if (manager === undefined) throw new LabError(`there is no router ${host}`);
  return manager;
}

const addressHappenings = ({ changes }: AddressWatch): readonly Happening[] =>
  changes
    .filter(({ address }) => address === vip)
    .map(({ at, host, change }) => ({ at, router: host, kind: change }));

const listeningHappenings = ({ changes }: ListeningWatch): readonly Happening[] =>
  changes.map(({ at, host, change }) => ({ at, router: host, kind: change }));
