import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt, command } from './command.ts';
import { LabError } from './lab-error.ts';
import { namespacePrefix, removeNamespace, removeStaleNamespaces } from './namespaces.ts';
import { onExit } from './on-exit.ts';

/**
 * Routers and a client on one switch, each in a network namespace of its own:
 *
 *      router1          router2          client
 *      eth0 .11         eth0 .12         eth0 .100
 *        |                |                |
 *      port1 ---- br0 -- port2 ---------- port-client      (namespace switch)
 */
export interface Network {
  /** Where configuration and pid files of this run go; removed at the end. */
  readonly directory: string;
  readonly routers: readonly string[];
  /** First three bytes of the /24 that all share, such as `192.168.100`. */
  readonly subnet: string;
  /** The kernel's name of the namespace of `host`. */
  readonly namespace: (host: string) => string;
  /** The own address of a router or of `client`. */
  readonly address: (host: string) => string;
  /** The switch's end of a host's cable. */
  readonly port: (host: string) => string;
  /** Runs a program in a host's namespace to its end. @throws LabError */
  readonly run: (host: string, program: string, args: readonly string[], input?: string) => string;
  /** Starts a program in a host's namespace. The process started is the program itself (`ip` execs). */
  readonly start: (host: string, argv: readonly string[], options?: StartOptions) => ChildProcess;
  readonly unplug: (host: string) => void;
  readonly plug: (host: string) => void;
  /** Ends what still runs in the namespaces and removes them; may be called twice. */
  readonly close: () => void;
}

export interface StartOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: 'pipe' | 'ignore';
}

export interface NetworkPlan {
  readonly routers?: readonly string[];
  readonly subnet?: string;
}

let made = 0;

/** @throws LabError where namespaces cannot be made (not root, no iproute2) */
export function makeNetwork(plan: NetworkPlan = {}): Network {
  removeStaleNamespaces();
  made += 1;
  const routers = plan.routers ?? ['router1', 'router2'];
  const subnet = plan.subnet ?? '192.168.100';
  const hosts = [...routers, 'client'];
  const run = `${namespacePrefix}${process.pid}-${made}`;
  const namespace = (host: string): string => `${run}-${host}`;
  const address = (host: string): string =>
    host === 'client' ? `${subnet}.100` : `${subnet}.${11 + routers.indexOf(host)}`;
  const port = (host: string): string => `p-${host}`;
  const directory = mkdtempSync(join(tmpdir(), `${run}-`));
  const setCable = (host: string, state: 'up' | 'down'): void => {
    command('ip', ['-n', namespace('switch'), 'link', 'set', port(host), state]);
  };
  const close = (): void => {
    forget();
    for (const host of ['switch', ...hosts]) removeNamespace(namespace(host));
    rmSync(directory, { recursive: true, force: true });
  };
  const forget = onExit(close);

  for (const host of ['switch', ...hosts]) command('ip', ['netns', 'add', namespace(host)]);
  layCables(namespace, hosts, port);
  for (const host of hosts) quietAddresses(namespace(host), address(host));
  awaitCarrier([
    ...hosts.map((host) => [namespace(host), 'eth0'] as const),
    ...hosts.map((host) => [namespace('switch'), port(host)] as const),
  ]);

  return {
    directory,
    routers,
    subnet,
    namespace,
    address,
    port,
    run: (host, program, args, input) =>
      command('ip', ['netns', 'exec', namespace(host), program, ...args], input),
    start: (host, argv, options = {}) =>
      spawn('ip', ['netns', 'exec', namespace(host), ...argv], {
        stdio: [options.stdin ?? 'ignore', 'pipe', 'pipe'],
        env: { ...process.env, ...options.environment },
        // A group of its own: Ctrl-C in the terminal is for us, who then stop the rest in order.
        detached: true,
      }),
    unplug: (host) => setCable(host, 'down'),
    plug: (host) => setCable(host, 'up'),
    close,
  };
}

function layCables(
  namespace: (host: string) => string,
  hosts: readonly string[],
  port: (host: string) => string,
): void {
  const lines = [
    'link set lo up',
    'link add br0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0',
    'link set br0 up',
    ...hosts.flatMap((host) => [
      `link add ${port(host)} type veth peer name eth0 netns ${namespace(host)}`,
      `link set ${port(host)} master br0 up`,
    ]),
  ];
  batch(namespace('switch'), lines);
}

// Duplicate address detection would make the times of IPv6 addresses unsteady; rate limits those of answers.
function quietAddresses(namespace: string, address: string): void {
  command('ip', [
    'netns',
    'exec',
    namespace,
    'sh',
    '-c',
    'for i in all default; do echo 0 > /proc/sys/net/ipv6/conf/$i/accept_dad; done; echo 0 > /proc/sys/net/ipv4/icmp_ratelimit',
  ]);
  batch(namespace, ['link set lo up', 'link set eth0 up', `addr add ${address}/24 dev eth0`]);
}

/**
 * Waits until the kernel has taken notice of every cable: until then an interface that is up silently drops what is sent
 * through it, and on a machine that makes many interfaces at once this takes seconds.
 */
function awaitCarrier(ends: readonly (readonly [namespace: string, link: string])[]): void {
  for (const [namespace, link] of ends) {
    const isUp = (): boolean =>
      command('ip', ['-n', namespace, '-o', 'link', 'show', link]).includes(' state UP ');
    for (let round = 0; !isUp(); round++) {
      if (round === 1000) throw new LabError(`${link} in ${namespace} has no carrier after 20 s`);
      attempt('sleep', ['0.02']);
    }
  }
}

function batch(namespace: string, lines: readonly string[]): void {
  command('ip', ['-n', namespace, '-batch', '-'], `${lines.join('\n')}\n`);
}
