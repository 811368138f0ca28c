import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeNetwork, type Network } from '../lab-support/network.ts';
import { pause, until } from '../lab-support/until.ts';
import { describeWith } from '../support/requirements.ts';
import { type Container, killContainer, startContainer, type Variables } from './support/container.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

const vip = '192.168.100.50';

/** A container on a router of the network, as root with nothing but the two capabilities that are needed. */
function start(network: Network, host: string, ordinal: number, more: Variables = {}): Container {
  const hosts = join(network.directory, 'hosts');
  const container = startContainer(
    `mount --bind ${hosts} /etc/hosts\nexec setpriv --bounding-set=-all,+net_admin,+net_raw "$NODE" "$ENTRY" run -D`,
    { HOLDFAST_VIPS: vip, HOLDFAST_PEERS: 'holdfast', HOLDFAST_ORDINAL: String(ordinal), ...more },
    network.namespace(host),
  );
  closers.push(() => killContainer(container));
  return container;
}

const holds = (network: Network, host: string): boolean =>
  network.run(host, 'ip', ['-4', 'address', 'show', 'eth0']).includes(vip);

/** What the name service of a compose project answers: everybody who is there. */
const nameAll = (network: Network, hosts: readonly string[]): void =>
  writeFileSync(
    join(network.directory, 'hosts'),
    hosts.map((host) => `${network.address(host)} holdfast\n`).join(''),
  );

describeWith({ root: true, tools: ['ip', 'unshare', 'setpriv'] }, 'two containers of one service', () => {
  test('find each other by its name, one after the other, and the address moves when one is killed', async () => {
    const network = makeNetwork();
    closers.push(() => network.close());
    nameAll(network, ['router1']);
    const first = start(network, 'router1', 0);
    await until(first.said, 20_000, () => holds(network, 'router1'));
    expect(first.said()).not.toContain('reloaded');

    nameAll(network, ['router1', 'router2']);
    const second = start(network, 'router2', 1);
    await until(first.said, 20_000, () => first.said().includes('the configuration is reloaded'));
    await until(second.said, 20_000, () => second.said().includes('Entering BACKUP STATE'));
    // Longer than its Master_Down_Interval, 3.3 s: it hears the first one.
    await pause(4000);
    expect(second.said()).not.toContain('MASTER');
    expect(first.said().split('Entering ')).toHaveLength(3);
    expect([holds(network, 'router1'), holds(network, 'router2')]).toEqual([true, false]);

    killContainer(first);
    await until(second.said, 20_000, () => holds(network, 'router2'));
    await until(second.said, 5000, () => second.said().includes('Entering MASTER STATE'));

    // The name service forgets the others: that is no reason to forget them too.
    nameAll(network, ['router2']);
    await pause(2500);
    expect(second.said()).not.toContain('reloaded');
  });

  test('hold the address where the web service beside them answers', async () => {
    const network = makeNetwork();
    closers.push(() => network.close());
    nameAll(network, network.routers);
    const [one, two] = [serve(network, 'router1'), serve(network, 'router2')];
    closers.push(() => void two.kill('SIGKILL'));
    const page = { HOLDFAST_TRACK_URL: 'http://127.0.0.1:8080/', HOLDFAST_TRACK_INTERVAL: '1' };
    const first = start(network, 'router1', 0, page);
    const second = start(network, 'router2', 1, page);
    await until(first.said, 20_000, () => holds(network, 'router1'));

    one.kill('SIGKILL');
    await until(second.said, 20_000, () => holds(network, 'router2'));
    await until(first.said, 20_000, () => !holds(network, 'router1'));
    await until(first.said, 5000, () => first.said().includes('Entering FAULT STATE'));
  });
});

/** A web service in the network of a router, as `network_mode: service:...` puts it there. */
function serve(network: Network, host: string): ChildProcess {
  const program = 'require("http").createServer((_, answer) => answer.end("hello")).listen(8080, "0.0.0.0")';
  return network.start(host, [process.execPath, '-e', program]);
}
