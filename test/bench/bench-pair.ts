import { type AddressWatch, watchAddresses } from '../lab-support/address-watch.ts';
import { type AdvertWatch, watchAdverts } from '../lab-support/advert-watch.ts';
import { type Daemon, kill, startDaemon } from '../lab-support/daemon.ts';
import { type EchoProbe, startEchoProbe } from '../lab-support/echo-probe.ts';
import { monotonicMicros } from '../lab-support/monotonic.ts';
import { makeNetwork, type Network } from '../lab-support/network.ts';
import { pause, until } from '../lab-support/until.ts';
import { routerConfig, vip } from '../support/pair.ts';
import type { Contender } from './contender.ts';
import type { Measured } from './figure.ts';
import { ownership } from './ownership.ts';

interface Pair {
  readonly network: Network;
  readonly addresses: AddressWatch;
  readonly adverts: AdvertWatch;
  readonly client: EchoProbe;
  readonly boot: (host: string) => Promise<Daemon>;
  readonly daemon: (host: string) => Daemon;
}

/** A pair of the same daemon: its master is stopped, then loses its vrrp process, then dies. About 25 s. */
export async function measurePair(contender: Contender): Promise<Measured> {
  const network = makeNetwork();
  try {
    const pair = await makePair(network, contender);
    await Promise.all([pair.boot('router1'), pair.boot('router2')]);
    await rest(pair);
    const stopped = await stopMaster(pair);
    await pair.boot('router1');
    await rest(pair);
    const wounded = await killWorker(pair);
    await rest(pair);
    return { ...stopped, ...wounded, ...(await crashMaster(pair)) };
  } finally {
    network.close();
  }
}

async function makePair(network: Network, { program }: Contender): Promise<Pair> {
  const daemons = new Map<string, Daemon>();
  const addresses = watchAddresses(network);
  const adverts = await watchAdverts(network);
  const daemon = (host: string): Daemon => {
    const known = daemons.get(host);
    return known ?? boot(host);
  };
  const boot = (host: string): Daemon => {
    const config = routerConfig({ priority: host === 'router1' ? 150 : 100 });
    const started = startDaemon(network, host, config, program);
    daemons.set(host, started);
    return started;
  };
  return {
    network,
    addresses,
    adverts,
    client: startEchoProbe(network, vip),
    async boot(host) {
      const started = boot(host);
      await until(`the daemon of ${host} listens`, 15_000, started.isListening);
      return started;
    },
    daemon,
  };
}

/** Until router1 alone has the address and has sent some adverts, and the client is answered again. */
async function rest(pair: Pair): Promise<void> {
  const sole = (): boolean => pair.addresses.owners(vip).join() === 'router1';
  await until('router1 alone has the address', 30_000, sole);
  const from = monotonicMicros();
  await until('router1 has sent three adverts', 10_000, () => pair.adverts.from('router1', from).length >= 3);
}

async function stopMaster({ adverts, client, daemon }: Pair): Promise<Measured> {
  const from = monotonicMicros();
  await daemon('router1').stop();
  const first = await until('router2 advertises', 10_000, () => adverts.from('router2', from)[0]);
  await pause(1000);
  const farewell = adverts.from('router1', from).find(({ priority }) => priority === 0);
  return {
    ...(farewell === undefined ? {} : { stop: (first.at - farewell.at) / 1000 }),
    'stop-outage': client.outage(from, monotonicMicros()) / 1000,
  };
}

async function killWorker({ addresses, adverts, client, daemon }: Pair): Promise<Measured> {
  const from = monotonicMicros();
  daemon('router1').vrrpWorkers().forEach(kill);
  await pause(6000);
  const to = monotonicMicros();
  const { none, both } = ownership(addresses.changes, vip, 'router1', from, to);
  return {
    'worker-silence': longestSilence(adverts, from, to) / 1000,
    'worker-missing': none / 1000,
    'worker-both': both / 1000,
    'worker-outage': client.outage(from, to) / 1000,
  };
}

/** Whoever sends them: the last advert before the kill counts too. */
function longestSilence({ adverts }: AdvertWatch, from: number, to: number): number {
  const times = adverts.map(({ at }) => at).filter((at) => at <= to);
  const since = times.filter((at) => at > from);
  const last = times.filter((at) => at <= from).at(-1) ?? from;
  return Math.max(...since.map((at, index) => at - (since[index - 1] ?? last)), 0);
}

async function crashMaster({ network, adverts, client, daemon }: Pair): Promise<Measured> {
  const from = monotonicMicros();
  daemon('router1').killAll();
  network.unplug('router1');
  const first = await until('router2 advertises', 10_000, () => adverts.from('router2', from)[0]);
  await pause(1000);
  const last = adverts.from('router1').at(-1);
  return {
    ...(last === undefined ? {} : { takeover: (first.at - last.at) / 1000 }),
    'takeover-outage': client.outage(from, monotonicMicros()) / 1000,
  };
}
