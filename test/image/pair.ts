import { watchAdverts } from '../lab-support/advert-watch.ts';
import { monotonicMicros } from '../lab-support/monotonic.ts';
import { descendants, isRunning } from '../lab-support/processes.ts';
import { eventually, pause, until } from '../lab-support/until.ts';
import { webService } from '../lab-support/web-service.ts';
import { claim, claimEqual, claimSays, remark } from './claims.ts';
import { readPair } from './compose.ts';
import { type Container, healthOf, startContainer } from './container.ts';
import type { Image } from './image.ts';
import { answerAt, makeLan } from './lan.ts';

const milliseconds = (since: number): string => `${((monotonicMicros() - since) / 1000).toFixed(0)} ms`;

/** docker/pair.yaml: two routers with a web service beside each, killed and stopped as an engine does it. */
export async function pair(image: Image): Promise<void> {
  const { router, hostNames, alias, prefixLength, virtualAddress: vip } = readPair();
  const lan = makeLan(prefixLength);
  const { network } = lan;
  const start = (host: string): Promise<Container> => {
    const hostName = hostNames[network.routers.indexOf(host)] ?? host;
    return startContainer(image, {
      ...router,
      network,
      host,
      hostName,
      hosts: lan.hosts,
      command: ['run', '-D'],
    });
  };
  const comesTo = (host: string, timeout: number): Promise<true | undefined> =>
    eventually(timeout, () => lan.holds(host, vip));
  const watch = await watchAdverts(network);
  const web = { router0: webService(network, 'router0'), router1: webService(network, 'router1') };
  await Promise.all([web.router0.start(), web.router1.start()]);

  lan.name(alias, ['router0']);
  const first = await start('router0');
  claim('the first of the pair takes the address', (await comesTo('router0', 20_000)) === true, first.said);
  const well = await healthOf(image, first);
  claimEqual('HEALTHCHECK says healthy', well.status, 0);
  claimSays('and which state it is in', well.output, 'VI_1 is MASTER');

  lan.name(alias, network.routers);
  const second = await start('router1');
  await until(second.said, 20_000, () => second.said().includes('Entering BACKUP STATE'));
  // Longer than a Master_Down_Interval: each has found the other one by its name.
  await pause(4500);
  const owners = network.routers.filter((host) => lan.holds(host, vip));
  claimEqual('the second one finds it by its name and stays backup', owners, ['router0']);
  claimEqual('a client is answered by the first one', answerAt(lan, vip), 'router0');

  let since = monotonicMicros();
  const processes = descendants(first.pid);
  first.signal('SIGKILL');
  lan.takeInterface('router0');
  await first.ended();
  claim('it consists of process 1, the entry, the daemon and its worker', processes.length >= 4);
  claimEqual('SIGKILL to its process 1 ends all of them', processes.filter(isRunning), []);
  claim('the address moves when it is killed', (await comesTo('router1', 6000)) === true, second.said);
  remark(`killed: the address has moved after ${milliseconds(since)}`);
  claimEqual('a client is answered by the second one', answerAt(lan, vip), 'router1');

  lan.giveInterface('router0');
  const again = await start('router0');
  claim(
    'the address comes back when it is started again',
    (await comesTo('router0', 20_000)) === true,
    again.said,
  );
  await eventually(5000, () => !lan.holds('router1', vip));
  claim('and leaves the second one', !lan.holds('router1', vip), second.said);

  since = monotonicMicros();
  again.signal('SIGTERM');
  const status = await again.ended();
  const took = monotonicMicros() - since;
  claimEqual('SIGTERM to its process 1 ends it with 0', status, 0);
  claim('within two seconds', took < 2e6, () => `${took / 1000} ms`);
  claim('the address is withdrawn', !lan.holds('router0', vip), again.said);
  await comesTo('router1', 2000);
  claim('and the second one takes it at once', lan.holds('router1', vip), second.said);
  const last = watch.from('router0', since).map(({ priority }) => priority);
  claimEqual('priority 0 has been sent', last.at(-1), 0);
  remark(`stopped: ended after ${(took / 1000).toFixed(0)} ms`);

  const third = await start('router0');
  await comesTo('router0', 20_000);
  web.router0.kill();
  claim(
    'where the web service dies the address goes',
    (await comesTo('router1', 20_000)) === true,
    second.said,
  );
  await until(third.said, 10_000, () => third.said().includes('Entering FAULT STATE'));
  const ill = await healthOf(image, third);
  claimEqual('HEALTHCHECK says unhealthy there', ill.status, 1);
  claimSays('and why', ill.output, 'VI_1 is FAULT');
  await web.router0.start();
  claim('it comes back with the web service', (await comesTo('router0', 20_000)) === true, third.said);
  claimEqual('and HEALTHCHECK says healthy again', (await healthOf(image, third)).status, 0);

  second.signal('SIGINT');
  claimEqual('Ctrl-C ends a container with 0 too', await second.ended(), 0);
  third.signal('SIGTERM');
  await third.ended();

  // As `docker compose up` starts them.
  const both = await Promise.all(network.routers.map(start));
  await comesTo('router0', 20_000);
  await eventually(5000, () => !lan.holds('router1', vip));
  claimEqual(
    'started both at once, the first of the pair serves',
    network.routers.filter((host) => lan.holds(host, vip)),
    ['router0'],
  );
  for (const container of both) container.signal('SIGTERM');
  claimEqual(
    'stopped both at once, both end with 0',
    await Promise.all(both.map(({ ended }) => ended())),
    [0, 0],
  );
  claim('and nobody has the address', !network.routers.some((host) => lan.holds(host, vip)));
  network.close();
}
