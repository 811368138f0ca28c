import type { Identity } from './identity.ts';

/** A program to start: what spawn takes. */
export interface Invocation {
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * How a script is started: through setpriv(1), which sets what spawn cannot: the supplementary groups of the user, and
 * SIGTERM when the daemon dies. A file without `#!` is run by the shell, as execvp(3) does.
 */
export function invocationOf(
  argv: readonly [string, ...string[]],
  extra: readonly string[],
  identity: Identity,
  own: Identity,
): Invocation {
  const change =
    identity.uid === own.uid && identity.gid === own.gid
      ? []
      : ['--reuid', String(identity.uid), '--regid', String(identity.gid), '--init-groups'];
  return { file: 'setpriv', args: ['--pdeathsig', 'TERM', ...change, '--', ...argv, ...extra] };
}

/** Variables that must not reach scripts: dangerous ones (keepalived's list), and those that are for us alone. */
const withheld = [
  'IFS',
  'LD_PRELOAD',
  'LD_LIBRARY_PATH',
  'NODE_OPTIONS',
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
  'NOTIFY_SOCKET',
  'WATCHDOG_PID',
  'WATCHDOG_USEC',
];

/** The environment of scripts and workers. */
export function cleanEnvironment(environment: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !withheld.includes(name) && !name.startsWith('HOLDFAST_')),
  );
}
