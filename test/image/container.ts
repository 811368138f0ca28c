import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { monotonicMicros } from '../lab-support/monotonic.ts';
import type { Network } from '../lab-support/network.ts';
import { onExit } from '../lab-support/on-exit.ts';
import { childrenOf } from '../lab-support/processes.ts';
import { rootFolder } from '../lab-support/root-folder.ts';
import { until } from '../lab-support/until.ts';
import type { Image } from './image.ts';

/** What `docker run` is told. */
export interface Wishes {
  readonly network: Network;
  /** Whose network it gets. */
  readonly host: string;
  readonly hostName?: string;
  /** --cap-add, after all were dropped. */
  readonly capabilities: readonly string[];
  /** --user, a number; root by default. */
  readonly user?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly readOnly?: boolean;
  /** --tmpfs */
  readonly memory?: readonly string[];
  /** Instead of the image's own. */
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  /** A folder that is mounted at /etc/keepalived. */
  readonly configuration?: string;
  /** The file that is mounted at /etc/hosts: who has which name. */
  readonly hosts?: string;
}

export interface Container {
  /** Process 1, by its number outside. */
  readonly pid: number;
  /** CLOCK_MONOTONIC when it was let go, microseconds. */
  readonly startedAt: number;
  /** Everything it has said so far. */
  readonly said: () => string;
  /** Its status; where it has not ended by itself in time (milliseconds) it is killed, and nothing is to be said. */
  readonly ended: (timeout?: number) => Promise<number | undefined>;
  /** `docker kill -s`: to process 1. */
  readonly signal: (signal: NodeJS.Signals) => void;
  /** `docker exec` */
  readonly execute: (command: readonly string[], timeout?: number) => Promise<Ran>;
}

export interface Ran {
  /** Nothing where it took too long. */
  readonly status: number | undefined;
  readonly output: string;
}

/** Starts a container of the image with what the image's configuration says, and waits until it is let go. */
export async function startContainer(image: Image, wishes: Wishes): Promise<Container> {
  const folder = mkdtempSync(join(image.scratch, 'container-'));
  mkdirSync(join(folder, 'layer'));
  if (wishes.hosts === undefined) writeFileSync(join(folder, 'hosts'), '127.0.0.1 localhost\n');
  else symlinkSync(wishes.hosts, join(folder, 'hosts'));
  if (wishes.configuration !== undefined) symlinkSync(wishes.configuration, join(folder, 'keepalived'));
  const child = spawn(
    'ip',
    ['netns', 'exec', wishes.network.namespace(wishes.host), ...walls(image, wishes, folder)],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const forget = onExit(() => child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      said += String(bytes);
    });
  }
  const ended = statusOf(child);
  void ended.then(forget);
  await until(
    () => `the container is ready\n${said}`,
    20_000,
    () => said.startsWith('ready\n'),
  );
  const [pid = 0] = childrenOf(child.pid ?? 0);
  const startedAt = monotonicMicros();
  child.stdin.write('\n');
  return {
    pid,
    startedAt,
    said: () => said.slice('ready\n'.length),
    ended: async (timeout = 15_000) => {
      const inTime = await Promise.race([ended, setTimeout(timeout, undefined, { ref: false })]);
      if (inTime === undefined) child.kill('SIGKILL');
      return inTime;
    },
    signal: (signal) => void process.kill(pid, signal),
    execute: (command, timeout = 20_000) => ran(enter(image, wishes, pid, command), timeout),
  };
}

/** `docker run --rm`: to its end. */
export async function runContainer(image: Image, wishes: Wishes): Promise<Ran> {
  const container = await startContainer(image, wishes);
  return { status: await container.ended(), output: container.said() };
}

/** HEALTHCHECK as an engine performs it; no answer in time is no health either. */
export function healthOf(image: Image, container: Container): Promise<Ran> {
  const { Test, Timeout } = image.config.Healthcheck;
  return container.execute(Test.slice(1), Timeout / 1e6);
}

function walls(image: Image, wishes: Wishes, folder: string): readonly string[] {
  const { config, rootfs } = image;
  return [
    ...['unshare', '--pid', '--fork', '--kill-child', '--mount', '--uts', '--ipc', 'sh'],
    join(rootFolder, 'test', 'image', 'enter.sh'),
    ...[rootfs, folder, wishes.hostName ?? wishes.host, wishes.readOnly ? 'ro' : 'rw'],
    (wishes.memory ?? []).join(','),
    ...asContained(image, wishes),
    ...(wishes.entrypoint ?? config.Entrypoint),
    ...(wishes.command ?? config.Cmd),
  ];
}

function enter(image: Image, wishes: Wishes, pid: number, command: readonly string[]): readonly string[] {
  return [
    ...['nsenter', '--target', String(pid), '--mount', '--uts', '--ipc', '--net', '--pid', '--root', '--wd'],
    ...['--', ...asContained(image, wishes), ...command],
  ];
}

/** With the image's variables and the container's, and without any right that it was not given. */
function asContained({ config }: Image, { environment = {}, capabilities, user }: Wishes): readonly string[] {
  const given = capabilities.map((name) => `,+${name.toLowerCase()}`).join('');
  return [
    ...['/usr/bin/env', '-i', 'HOME=/root', ...config.Env],
    ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    ...['/usr/bin/setpriv', '--inh-caps=-all', `--bounding-set=-all${given}`],
    ...(user === undefined ? [] : [`--reuid=${user}`, `--regid=${user}`, '--clear-groups']),
  ];
}

async function ran([program = '', ...words]: readonly string[], timeout: number): Promise<Ran> {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      output += String(bytes);
    });
  }
  const status = await Promise.race([statusOf(child), setTimeout(timeout, undefined, { ref: false })]);
  if (status === undefined) child.kill('SIGKILL');
  return { status, output };
}

/** unshare(1) and nsenter(1) end with the status of what they started, and with 1 where a signal ended it. */
function statusOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (status) => resolve(status ?? 1));
  });
}
