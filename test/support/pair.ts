import { type AddressWatch, watchAddresses } from '../lab-support/address-watch.ts';
import { type AdvertWatch, watchAdverts } from '../lab-support/advert-watch.ts';
import { type Daemon, startDaemon } from '../lab-support/daemon.ts';
import { LabError } from '../lab-support/lab-error.ts';
import { makeNetwork, type Network } from '../lab-support/network.ts';
import { until } from '../lab-support/until.ts';

export const vip = '192.168.100.10';

/** Two routers with their daemons, watched from outside. */
export interface Pair {
  readonly network: Network;
  readonly addresses: AddressWatch;
  readonly adverts: AdvertWatch;
  /** Starts the daemon of a router, also again; resolves when it listens for adverts. */
  readonly boot: (host: string, config: string) => Promise<Daemon>;
  readonly daemon: (host: string) => Daemon;
  /** Resolves when `host`, and no other, holds the virtual address. @param timeout milliseconds */
  readonly untilOwner: (host: string, timeout?: number) => Promise<void>;
}

/** Makes a pair, runs the test, and cleans up however it ends; a failure tells what the daemons said last. */
export async function withPair(test: (pair: Pair) => Promise<void>): Promise<void> {
  const network = makeNetwork();
  const daemons = new Map<string, Daemon>();
  try {
    const addresses = watchAddresses(network);
    const adverts = await watchAdverts(network);
    const daemon = (host: string): Daemon => {
      const known = daemons.get(host);
      if (known === undefined) throw new LabError(`the daemon of ${host} was not started`);
      return known;
    };
    await test({
      network,
      addresses,
      adverts,
      daemon,
      async boot(host, config) {
        const started = startDaemon(network, host, config);
        daemons.set(host, started);
        await until(`the daemon of ${host} listens`, 15_000, started.isListening);
        return started;
      },
      async untilOwner(host, timeout = 12_000) {
        await until(
          () => `${host} alone holds ${vip}; it is on: ${addresses.owners(vip).join(', ') || 'none'}`,
          timeout,
          () => addresses.owners(vip).join() === host,
        );
      },
    });
  } catch (error) {
    for (const daemon of daemons.values()) {
      const said = daemon.output.slice(-25).map(({ text }) => `  ${text}`);
      process.stderr.write(`the daemon of ${daemon.host} said last:\n${said.join('\n')}\n`);
    }
    throw error;
  } finally {
    network.close();
  }
}

export interface RouterSettings {
  readonly priority: number;
  /** Seconds. */
  readonly advertInt?: number;
  readonly version?: 2 | 3;
  /** Further lines of the instance. */
  readonly lines?: readonly string[];
  /** Further virtual addresses. */
  readonly more?: readonly string[];
  /** Blocks beside the instance. */
  readonly blocks?: string;
}

/** An ordinary keepalived.conf with one instance. */
export function routerConfig(settings: RouterSettings): string {
  const { priority, advertInt = 1, version = 2, lines = [], more = [], blocks = '' } = settings;
  return `global_defs {
    router_id r${priority}
    script_user root
    vrrp_version ${version}
}
${blocks}
vrrp_instance VI_1 {
    state ${priority === 255 ? 'MASTER' : 'BACKUP'}
    interface eth0
    virtual_router_id 51
    priority ${priority}
    advert_int ${advertInt}
    ${lines.join('\n    ')}
    virtual_ipaddress {
        ${[vip, ...more].map((address) => `${address}/24`).join('\n        ')}
    }
}
`;
}

/** RFC 9568 §6.1 and RFC 3768 §6.1, in microseconds. @param advertInt seconds */
export const masterDownInterval = (priority: number, advertInt = 1, version: 2 | 3 = 2): number =>
  3e6 * advertInt + skewTime(priority, advertInt, version);

/** In version 2 the skew is part of a second whatever the interval; in version 3 part of the interval. */
export const skewTime = (priority: number, advertInt = 1, version: 2 | 3 = 2): number =>
  ((256 - priority) / 256) * 1e6 * (version === 2 ? 1 : advertInt);
