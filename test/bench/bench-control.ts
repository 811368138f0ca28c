import { watchAdverts } from '../lab-support/advert-watch.ts';
import { startDaemon } from '../lab-support/daemon.ts';
import { monotonicMicros } from '../lab-support/monotonic.ts';
import { makeNetwork } from '../lab-support/network.ts';
import { pause, until } from '../lab-support/until.ts';
import { controlClient, holdfast, socketOf } from '../support/control.ts';
import { crowd } from '../support/crowd.ts';
import { longFile } from '../support/long-file.ts';
import { routerConfig } from '../support/pair.ts';
import type { Contender } from './contender.ts';
import { type Figure, type Measured, percentile } from './figure.ts';

const host = 'router1';
const questions = 20;
const showings = 5;
/** Longer than any answer is kept: each question goes to the workers. */
const apart = 600;
const interval = 0.1;

/** What looking costs: the status of a long file, and adverts while a hundred clients look. Ours alone has a socket. */
export async function measureControl({ name, program }: Contender, seconds: number): Promise<Measured> {
  if (name !== 'Holdfast') return {};
  return { ...(await statusOfLongFile(program)), ...(await advertsUnderCrowd(program, seconds)) };
}

/** How long an answer of the API takes, and `holdfast status` as a program: 100 instances, 1000 real servers. */
async function statusOfLongFile(program: string): Promise<Measured> {
  const network = makeNetwork({ routers: [host] });
  try {
    const daemon = startDaemon(network, host, longFile(100, 10, 100), program);
    await until('it has its control socket', 30_000, () =>
      daemon.output.some(({ text }) => text.includes('Control socket')),
    );
    const client = controlClient(socketOf(daemon));
    await pause(2000);
    const answers = await timed(questions, () => client.status());
    const screens = await timed(showings, () => holdfast(['status', '--all', '--socket', socketOf(daemon)]));
    return { ...spread('status', answers), ...some('status-screen', percentile(screens, 0.5)) };
  } finally {
    network.close();
  }
}

/** Milliseconds of each. */
async function timed(count: number, work: () => Promise<unknown>): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let n = 0; n < count; n++) {
    await pause(apart);
    const began = performance.now();
    await work();
    taken.push(performance.now() - began);
  }
  return taken;
}

/** How far a master's adverts, ten a second, are off: alone, and while 50 clients read the status and 50 follow events. */
async function advertsUnderCrowd(program: string, seconds: number): Promise<Measured> {
  const network = makeNetwork({ routers: [host] });
  try {
    const watch = await watchAdverts(network);
    const config = routerConfig({ priority: 254, version: 3, advertInt: interval });
    const daemon = startDaemon(network, host, config, program);
    await until('it advertises and has its socket', 20_000, () => {
      const hasSocket = daemon.output.some(({ text }) => text.includes('Control socket'));
      return hasSocket && watch.adverts.length > 5;
    });
    const lateness = async (): Promise<readonly number[]> => {
      const from = monotonicMicros();
      await pause(seconds * 1000);
      const times = watch.from(host, from).map(({ at }) => at);
      return times.slice(1).map((at, i) => Math.abs(at - (times[i] ?? at) - interval * 1e6) / 1000);
    };
    const alone = await lateness();
    const clients = crowd(socketOf(daemon), { readers: 50, followers: 50, sleepers: 0, vandals: 0 });
    const besieged = await lateness();
    await clients.leave();
    return {
      ...spread('alone', alone),
      ...spread('crowd', besieged),
      'crowd-answers': clients.latencies.length / seconds,
    };
  } finally {
    network.close();
  }
}

function spread(what: 'status' | 'alone' | 'crowd', values: readonly number[]): Measured {
  return {
    ...some(`${what}-p50`, percentile(values, 0.5)),
    ...some(`${what}-p99`, percentile(values, 0.99)),
    ...some(`${what}-max`, percentile(values, 1)),
  };
}

const some = (figure: Figure, value: number | undefined): Measured =>
  value === undefined ? {} : { [figure]: value };
