import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from '../../../lab-support/command.ts';
import { LabError } from '../../../lab-support/lab-error.ts';
import { namespacePrefix, removeNamespace, removeStaleNamespaces } from '../../../lab-support/namespaces.ts';
import type { Network } from '../../../lab-support/network.ts';
import { onExit } from '../../../lab-support/on-exit.ts';
import { pools, type ServerName, serverAddress, serverNames } from '../cast.ts';

/**
 * A director between its clients and its servers, each in a network namespace of its own:
 *
 *      10.99.0.100               10.99.0.1                         10.88.0.11 to .15
 *      client front ------------ front director                    server1 ... server4, sorry
 *      client eth0                     back                        eth0
 *      10.88.0.100 ------------- 10.88.0.1 ----------------------- all on one switch
 *
 * Through `front` the client reaches the servers by NAT; on the switch it stands beside them, for direct routing.
 *
 * @param leave nothing is removed at the end
 * @throws LabError where namespaces cannot be made
 */
export function makePoolNetwork(leave: boolean): Network {
  if (!leave) removeStaleNamespaces();
  const run = `${namespacePrefix}${process.pid}-1`;
  const namespace = (host: string): string => `${run}-${host}`;
  const directory = mkdtempSync(join(tmpdir(), `${run}-`));
  const setCable = (host: string, state: 'up' | 'down'): void => {
    command('ip', ['-n', namespace('switch'), 'link', 'set', port(host), state]);
  };
  const close = (): void => {
    forget();
    for (const host of ['switch', ...hosts]) removeNamespace(namespace(host));
    rmSync(directory, { recursive: true, force: true });
  };
  const forget = leave ? () => undefined : onExit(close);
  build(namespace);
  return {
    directory,
    routers: ['director'],
    subnet: '10.88.0',
    namespace,
    address,
    port,
    run: (host, program, args, input) =>
      command('ip', ['netns', 'exec', namespace(host), program, ...args], input),
    start: (host, argv, options = {}) =>
      spawn('ip', ['netns', 'exec', namespace(host), ...argv], {
        stdio: [options.stdin ?? 'ignore', 'pipe', 'pipe'],
        env: { ...process.env, ...options.environment },
        detached: true,
      }),
    unplug: (host) => setCable(host, 'down'),
    plug: (host) => setCable(host, 'up'),
    close,
  };
}

const hosts = ['director', 'client', ...serverNames];
const port = (host: string): string => `p-${host}`;
const interfaceOf = (host: string): string => (host === 'director' ? 'back' : 'eth0');
const isServer = (host: string): host is ServerName => serverNames.some((name) => name === host);

function address(host: string): string {
  if (isServer(host)) return serverAddress(host);
  if (host === 'director') return '10.88.0.1';
  if (host === 'client') return '10.88.0.100';
  throw new LabError(`there is no host ${host}`);
}

/** As few programs as can be: in user-mode Linux each of them costs a tenth of a second. */
function build(namespace: (host: string) => string): void {
  batch(
    [],
    ['switch', ...hosts].map((host) => `netns add ${namespace(host)}`),
  );
  batch(
    ['-n', namespace('switch')],
    [
      'link add br0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0',
      'link set br0 up',
      ...hosts.flatMap((host) => [
        `link add ${port(host)} type veth peer name ${interfaceOf(host)} netns ${namespace(host)}`,
        `link set ${port(host)} master br0 up`,
      ]),
    ],
  );
  batch(
    ['-n', namespace('director')],
    [`link add front type veth peer name front netns ${namespace('client')}`],
  );
  for (const host of hosts) settle(namespace(host), host);
}

function settle(namespace: string, host: string): void {
  const link = interfaceOf(host);
  const lines = ['link set lo up', `link set ${link} up`, `addr add ${address(host)}/24 dev ${link}`];
  if (isServer(host)) {
    lines.push('route add default via 10.88.0.1');
    lines.push(
      ...pools.filter(({ name }) => name === 'DR').map((pool) => `addr add ${pool.address}/32 dev lo`),
    );
  } else {
    lines.push('link set front up', `addr add 10.99.0.${host === 'director' ? '1' : '100'}/24 dev front`);
  }
  const script = `${settings(host).join('; ')}; exec ip -batch -`;
  command('ip', ['netns', 'exec', namespace, 'sh', '-c', script], `${lines.join('\n')}\n`);
}

/**
 * A server must not tell by ARP that it holds the virtual address too (direct routing); a director forwards (NAT). The
 * client is one address and soon uses a port again: a new connection must not follow the entry of an old one to a server
 * that has gone. These two settings of the kernel are what any director with few clients wants (ipvs-sysctl).
 */
function settings(host: string): readonly string[] {
  const ipv4 = '/proc/sys/net/ipv4';
  if (isServer(host)) {
    return [`echo 1 > ${ipv4}/conf/all/arp_ignore`, `echo 2 > ${ipv4}/conf/all/arp_announce`];
  }
  if (host !== 'director') return [':'];
  return [
    `echo 1 > ${ipv4}/ip_forward`,
    `echo 1 > ${ipv4}/vs/expire_nodest_conn`,
    `echo 3 > ${ipv4}/vs/conn_reuse_mode`,
  ];
}

const batch = (before: readonly string[], lines: readonly string[]): string =>
  command('ip', [...before, '-batch', '-'], `${lines.join('\n')}\n`);
