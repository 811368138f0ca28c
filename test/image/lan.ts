import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../lab-support/command.ts';
import { makeNetwork, type Network } from '../lab-support/network.ts';

/** A network as an engine makes one: a bridge, and for each container an interface with an address and a default route. */
export interface Lan {
  readonly network: Network;
  /** The file with the names that its name service would know. */
  readonly hosts: string;
  /** From now on these routers, and no others, are found by a name. */
  readonly name: (alias: string, routers: readonly string[]) => void;
  readonly holds: (host: string, address: string) => boolean;
  /** Takes a container's interface away, as an engine does with a container that has ended. */
  readonly takeInterface: (host: string) => void;
  /** And gives it a new one. */
  readonly giveInterface: (host: string) => void;
}

/** 172.28.1.0 is where docker/pair.yaml has its containers' addresses. */
export function makeLan(prefixLength = 16): Lan {
  const network = makeNetwork({ routers: ['router0', 'router1'], subnet: '172.28.1' });
  const hosts = join(network.directory, 'hosts');
  writeFileSync(hosts, '127.0.0.1 localhost\n');
  const giveInterface = (host: string): void => {
    network.run(host, 'ip', ['address', 'flush', 'dev', 'eth0']);
    network.plug(host);
    network.run(host, 'ip', ['address', 'add', `${network.address(host)}/${prefixLength}`, 'dev', 'eth0']);
    network.run(host, 'ip', ['route', 'replace', 'default', 'via', '172.28.0.1']);
  };
  for (const host of [...network.routers, 'client']) giveInterface(host);
  return {
    network,
    hosts,
    name: (alias, routers) =>
      // In place, for the containers see this very file.
      writeFileSync(
        hosts,
        ['127.0.0.1 localhost', ...routers.map((host) => `${network.address(host)} ${alias}`), ''].join('\n'),
      ),
    holds: (host, address) =>
      command('ip', ['-n', network.namespace(host), '-4', '-o', 'address', 'show', 'dev', 'eth0']).includes(
        ` ${address}/`,
      ),
    takeInterface: network.unplug,
    giveInterface,
  };
}

/** Whether a client gets an answer from the virtual address, and whose it is. */
export function answerAt(lan: Lan, address: string): string {
  const program = `fetch('http://${address}/').then((r) => r.text()).then((text) => process.stdout.write(text.trim()), () => 0)`;
  try {
    return lan.network.run('client', process.execPath, ['-e', program]);
  } catch {
    return '';
  }
}
