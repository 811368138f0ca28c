import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { rootFolder } from '../../lab-support/root-folder.ts';

/** The container's entry program. */
export const entryProgram = join(rootFolder, 'dist', 'holdfast-container.mjs');

export type Variables = Readonly<Record<string, string>>;

export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Commands of a shell that put an interface with addresses into the namespace. */
export const addNic = (name: string, ...addresses: readonly string[]): string =>
  [
    `ip link add ${name} type veth peer name p-${name}`,
    `ip link set p-${name} up; ip link set ${name} up`,
    ...addresses.map((address) => `ip addr add ${address} dev ${name}`),
  ].join('\n');

const variables = (environment: Variables): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  NODE: process.execPath,
  ENTRY: entryProgram,
  ...environment,
});

/** What a container has to itself: process ids, mounts with an empty /run, and unless it is given one, a network. */
const walls = (network: boolean): readonly string[] => [
  'unshare',
  ...(network ? ['--net'] : []),
  '--mount',
  '--pid',
  '--fork',
  '--kill-child',
  '--mount-proc',
  'sh',
  '-ec',
];

const inside = (script: string): string =>
  `mount -t tmpfs tmpfs /run\n[ ! -d /etc/keepalived ] || mount -t tmpfs tmpfs /etc/keepalived\nip link set lo up\n${script}`;

/** Runs commands in a container to their end; `"$NODE" "$ENTRY"` is the entry program. */
export function runContainer(script: string, environment: Variables = {}): Ran {
  const [program = '', ...words] = walls(true);
  const { status, stdout, stderr } = spawnSync(program, [...words, inside(script)], {
    encoding: 'utf8',
    timeout: 20_000,
    // unshare itself does not heed SIGTERM.
    killSignal: 'SIGKILL',
    env: variables(environment),
  });
  return { status, out: stdout, err: stderr };
}

export interface Container {
  readonly child: ChildProcess;
  /** Everything it has said so far. */
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

/**
 * Starts a container. @param namespace of a network that is there already
 */
export function startContainer(script: string, environment: Variables, namespace?: string): Container {
  const enter = namespace === undefined ? [] : ['ip', 'netns', 'exec', namespace];
  const [program = '', ...words] = [...enter, ...walls(namespace === undefined), inside(script)];
  const child = spawn(program, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: variables(environment),
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      said += String(bytes);
    });
  }
  return {
    child,
    said: () => said,
    ended: new Promise((resolve) => child.on('exit', resolve)),
  };
}

/** Ends it as a kernel does: all of it at once. */
export function killContainer({ child }: Container): void {
  child.kill('SIGKILL');
}
