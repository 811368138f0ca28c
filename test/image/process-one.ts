import { readFileSync } from 'node:fs';
import { watchAdverts } from '../lab-support/advert-watch.ts';
import type { Network } from '../lab-support/network.ts';
import { childrenOf, descendants } from '../lab-support/processes.ts';
import { eventually, pause, until } from '../lab-support/until.ts';
import { claim, claimEqual, claimSays } from './claims.ts';
import { type Container, healthOf, startContainer, type Wishes } from './container.ts';
import type { Image } from './image.ts';
import { makeLan } from './lan.ts';

const vip = '172.28.0.100';

/** The duties of process 1: it reaps, it hands signals on, and it ends when what it started has ended. */
export async function processOne(image: Image): Promise<void> {
  const lan = makeLan();
  const watch = await watchAdverts(lan.network);
  const start = async (): Promise<Container> => {
    const container = await startContainer(image, {
      ...plain(lan.network),
      environment: { HOLDFAST_VIPS: vip, HOLDFAST_PRIORITY: '255' },
    });
    await until(container.said, 20_000, () => lan.holds('router0', vip));
    return container;
  };
  const container = await start();
  await signals(image, container);
  await orphans(container);

  // The entry program's only child is the daemon.
  const [entry = 0] = childrenOf(container.pid);
  const [daemon = 0] = childrenOf(entry);
  process.kill(daemon, 'SIGSTOP');
  const frozen = await healthOf(image, container);
  claim(
    'HEALTHCHECK says unhealthy of a daemon that hangs, in time',
    frozen.status === 1,
    () => `${frozen.status} ${frozen.output}`,
  );
  process.kill(daemon, 'SIGCONT');
  claimEqual('and healthy when it goes on', (await healthOf(image, container)).status, 0);

  process.kill(daemon, 'SIGKILL');
  const status = await container.ended();
  claimEqual(
    'a daemon that is killed ends the container with its status, for the engine to start it again',
    status,
    137,
  );
  await pause(100);
  claim('its addresses are withdrawn before', !lan.holds('router0', vip), container.said);
  claimEqual('with priority 0', watch.from('router0').at(-1)?.priority, 0);

  const killed = await start();
  const [program = 0] = childrenOf(killed.pid);
  process.kill(program, 'SIGKILL');
  claimEqual('so does an entry program that is killed', await killed.ended(), 137);
  // With the network of the host nobody takes the interface away: the address is left until the next start.
  claim('what a killed container leaves on the network of its host', lan.holds('router0', vip));
  const next = await startContainer(image, { ...plain(lan.network), environment: { HOLDFAST_VIPS: vip } });
  const removed = await eventually(5000, () => !lan.holds('router0', vip));
  claim('the next start removes at once, and listens', removed === true, next.said);
  const back = await eventually(10_000, () => lan.holds('router0', vip));
  claim('and serves when nobody else does', back === true, next.said);
  next.signal('SIGTERM');
  claimEqual('it ends with 0', await next.ended(), 0);
  lan.network.close();
}

/** As `docker run --cap-add NET_ADMIN --cap-add NET_RAW` has it, with a root that may be written. */
const plain = (network: Network): Omit<Wishes, 'environment'> => ({
  network,
  host: 'router0',
  capabilities: ['NET_ADMIN', 'NET_RAW'],
  command: ['run', '-D'],
});

async function signals(image: Image, container: Container): Promise<void> {
  container.signal('SIGHUP');
  const reloaded = await eventually(5000, () => container.said().includes('Reload complete'));
  claim('SIGHUP to process 1 reloads', reloaded === true, container.said);
  container.signal('SIGUSR1');
  const dumped = await eventually(5000, () => has(container, 'tmp/keepalived.data'));
  claim('SIGUSR1 to process 1 has the data written', dumped === true, container.said);
  const { status, output } = await container.execute(['holdfast', 'status']);
  claimEqual('docker exec ... holdfast status works', status, 0);
  claimSays('and shows the instance', output, 'VI_1', vip);
  claimEqual('HEALTHCHECK agrees', (await healthOf(image, container)).status, 0);
}

async function orphans(container: Container): Promise<void> {
  // What holds the output open would be waited for.
  const many = 'for i in 1 2 3 4 5 6 7 8 9 10; do (sleep 3 > /dev/null 2>&1 &) ; done';
  const made = await container.execute(['/bin/sh', '-c', many]);
  claimEqual('ten processes lose their parent', made.status, 0);
  const adopted = await eventually(2500, () => childrenOf(container.pid).length === 11);
  claim('process 1 takes them in', adopted === true, () => `${childrenOf(container.pid).length} children`);
  await eventually(6000, () => childrenOf(container.pid).length === 1);
  const zombies = descendants(container.pid).filter((pid) => stateOf(pid) === 'Z');
  claimEqual('and reaps them', [zombies, childrenOf(container.pid).length], [[], 1]);
}

function has(container: Container, path: string): boolean {
  try {
    return readFileSync(`/proc/${container.pid}/root/${path}`, 'utf8') !== '';
  } catch {
    return false;
  }
}

function stateOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  } catch {
    return undefined;
  }
}
