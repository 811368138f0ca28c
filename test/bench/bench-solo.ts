import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type AdvertWatch, watchAdverts } from '../lab-support/advert-watch.ts';
import { startDaemon } from '../lab-support/daemon.ts';
import { monotonicMicros } from '../lab-support/monotonic.ts';
import { makeNetwork, type Network } from '../lab-support/network.ts';
import { pause, until } from '../lab-support/until.ts';
import { routerConfig } from '../support/pair.ts';
import type { Contender } from './contender.ts';
import { type Figure, type Measured, percentile } from './figure.ts';

const host = 'router1';
const burnersPerProcessor = 2;

/** A second instance beside the usual one: ten adverts a second. */
const quickInstance = `vrrp_instance VI_QUICK {
    state BACKUP
    interface eth0
    virtual_router_id 52
    version 3
    priority 254
    advert_int 0.1
    virtual_ipaddress {
        192.168.100.20/24
    }
}`;

/** The start of a daemon whose priority is 255, and its memory when it has come to rest. About 5 s. */
export async function measureStart({ program }: Contender): Promise<Measured> {
  const network = makeNetwork({ routers: [host] });
  try {
    const adverts = await watchAdverts(network);
    const began = monotonicMicros();
    const daemon = startDaemon(network, host, routerConfig({ priority: 255 }), program);
    const first = await until('it advertises', 15_000, () => adverts.adverts[0]);
    await pause(3000);
    const processes = daemon.processes();
    return {
      'first-advert': (first.at - began) / 1000,
      memory: processes.map(proportionalSetSize).reduce((sum, size) => sum + size, 0),
      processes: processes.length,
    };
  } finally {
    network.close();
  }
}

/** Of a process, in KiB. */
function proportionalSetSize(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
}

/** How evenly a master speaks once a second and ten times a second, first on an idle machine and then on a busy one. */
export async function measurePace({ program }: Contender, seconds: number): Promise<Measured> {
  const network = makeNetwork({ routers: [host] });
  try {
    const adverts = await watchAdverts(network);
    startDaemon(network, host, routerConfig({ priority: 254, blocks: quickInstance }), program);
    await until('both instances advertise', 20_000, () =>
      [51, 52].every((vrid) => adverts.adverts.some((advert) => advert.vrid === vrid)),
    );
    await pause(2000);
    const idle = await pace(adverts, seconds, 'idle');
    burn(network);
    await pause(500);
    return { ...idle, ...(await pace(adverts, seconds, 'busy')) };
  } finally {
    network.close();
  }
}

/** Loops without end, in the client's namespace; they end with the network. */
function burn(network: Network): void {
  for (let n = 0; n < burnersPerProcessor * availableParallelism(); n++) {
    network.start('client', [process.execPath, '-e', 'for (;;);']);
  }
}

async function pace(watch: AdvertWatch, seconds: number, load: 'idle' | 'busy'): Promise<Measured> {
  const from = monotonicMicros();
  await pause(seconds * 1000);
  return { ...spread(watch, 51, 1, from, load), ...spread(watch, 52, 0.1, from, load) };
}

function spread(
  watch: AdvertWatch,
  vrid: number,
  interval: 1 | 0.1,
  from: number,
  load: 'idle' | 'busy',
): Measured {
  const times = watch
    .from(host, from)
    .filter((advert) => advert.vrid === vrid)
    .map(({ at }) => at);
  const deviations = times
    .slice(1)
    .map((at, index) => Math.abs(at - (times[index] ?? at) - interval * 1e6) / 1000);
  const named = (what: 'p50' | 'p99' | 'max', fraction: number): Measured => {
    const value = percentile(deviations, fraction);
    const figure: Figure = `${load}-${interval}-${what}`;
    return value === undefined ? {} : { [figure]: value };
  };
  return { ...named('p50', 0.5), ...named('p99', 0.99), ...named('max', 1) };
}
