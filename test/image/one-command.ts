import { until } from '../lab-support/until.ts';
import { claim, claimEqual, claimSays } from './claims.ts';
import { runContainer, startContainer } from './container.ts';
import type { Image } from './image.ts';
import { makeLan } from './lan.ts';

/** `docker run --rm IMAGE config` and the like: containers that print something and end. */
export async function oneCommand(image: Image): Promise<void> {
  const { network } = makeLan();
  const wishes = { network, host: 'router0', hostName: 'lb-1', capabilities: [], readOnly: true };
  const vips = { HOLDFAST_VIPS: '172.28.0.100', HOLDFAST_PEERS: '172.28.1.12' };

  const config = await runContainer(image, { ...wishes, environment: vips, command: ['config'] });
  claimEqual('config ends well, without any capability', config.status, 0);
  claimSays(
    'config prints the configuration, and where each value came from',
    config.output.replace(/ +/g, ' '),
    'interface eth0 # the interface of the default route',
    'priority 190 #',
    'unicast_src_ip 172.28.1.11 #',
    '172.28.1.12 # HOLDFAST_PEERS',
    '172.28.0.100/16 # HOLDFAST_VIPS, in the network of eth0',
  );

  for (const [what, environment, command, status, sentence] of [
    ['without anything set', {}, ['config'], 78, 'HOLDFAST_VIPS is not set'],
    ['with a misspelt variable', { ...vips, HOLDFAST_PRORITY: '5' }, ['config'], 78, 'HOLDFAST_PRORITY'],
    ['with a word that is no command', vips, ['start'], 64, 'start is no command of this container'],
  ] as const) {
    const ran = await runContainer(image, { ...wishes, environment, command });
    claimEqual(`${what} it ends with ${status}`, ran.status, status);
    claimSays(`${what} it says why`, ran.output, sentence);
  }

  const needed = { capabilities: ['NET_ADMIN', 'NET_RAW'], environment: vips };
  const closed = await runContainer(image, { ...wishes, ...needed });
  claimEqual('with a read-only root and nothing at /run it ends with 78', closed.status, 78);
  claimSays('and says what to do', closed.output, 'give the container a writable /run (--tmpfs /run)');

  const waiting = await startContainer(image, {
    ...wishes,
    ...needed,
    memory: ['/run'],
    environment: { ...vips, HOLDFAST_INTERFACE: 'eth7' },
  });
  await until(waiting.said, 10_000, () => waiting.said().includes('waiting up to 30 s'));
  waiting.signal('SIGTERM');
  claimEqual('while it waits for an interface SIGTERM ends it at once', await waiting.ended(2000), 143);

  for (const [program, words, said] of [
    ['holdfast', ['--version'], '.'],
    ['holdfastd', ['--version'], 'Holdfast'],
    ['keepalived', ['--version'], 'Holdfast'],
    ['genhash', ['--help'], 'MD5'],
  ] as const) {
    const entrypoint = [`/usr/bin/env`, program];
    const ran = await runContainer(image, { ...wishes, entrypoint, command: words });
    claimSays(`${program} is there, found by PATH`, ran.output, said);
  }

  const alone = await startContainer(image, { ...wishes, entrypoint: ['/bin/sleep'], command: ['60'] });
  const health = await alone.execute(image.config.Healthcheck.Test.slice(1));
  claim('HEALTHCHECK says unhealthy where no daemon runs', health.status === 1, () => health.output);
  alone.signal('SIGKILL');
  await alone.ended();
  network.close();
}
