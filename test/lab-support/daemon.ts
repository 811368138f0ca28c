import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { monotonicMicros } from './monotonic.ts';
import type { Network } from './network.ts';
import { descendants, isRunning, vrrpSpeakers } from './processes.ts';
import { rootFolder } from './root-folder.ts';
import { until } from './until.ts';

export interface Daemon {
  readonly host: string;
  /** The file it reads; `writeConfig` replaces its text. */
  readonly configFile: string;
  readonly pid: number;
  /** What it wrote to standard output and error, by line, with the time of arrival in microseconds. */
  readonly output: readonly OutputLine[];
  readonly isRunning: () => boolean;
  /** Exit status, or the name of the signal that ended it; undefined while it runs. */
  readonly ending: () => number | string | undefined;
  readonly writeConfig: (text: string) => void;
  readonly signal: (signal: NodeJS.Signals | number) => void;
  /** Core, workers and scripts that live now. */
  readonly processes: () => readonly number[];
  /** The processes that hold a VRRP socket. */
  readonly vrrpWorkers: () => readonly number[];
  /** Whether it has opened its VRRP sockets. */
  readonly isListening: () => boolean;
  /** SIGKILL to all of its processes at once. */
  readonly killAll: () => void;
  /** SIGTERM, then waits for the end. @returns exit status, or the name of the signal that ended it */
  readonly stop: () => Promise<number | string>;
}

export interface OutputLine {
  readonly at: number;
  readonly text: string;
}

/** Which daemon is under test: ours unless HOLDFAST_DAEMON names another program with keepalived's options. */
export const daemonProgram = (): string =>
  process.env['HOLDFAST_DAEMON'] ?? join(rootFolder, 'node_modules', '.bin', 'holdfastd');

/** Starts a daemon on a router with the given configuration, in the foreground, logging to its output. */
export function startDaemon(
  network: Network,
  host: string,
  config: string,
  program = daemonProgram(),
): Daemon {
  const directory = join(network.directory, host);
  mkdirSync(directory, { recursive: true });
  const configFile = join(directory, 'keepalived.conf');
  writeFileSync(configFile, config);
  const pidFiles = ['-p', 'core', '-r', 'vrrp', '-c', 'checkers'].map((word) =>
    word.startsWith('-') ? word : join(directory, `${word}.pid`),
  );
  const argv = [program, '-n', '-l', '-D', '-G', '-f', configFile, ...pidFiles];
  const child = network.start(host, argv, {
    environment: { HOLDFAST_NODE: process.execPath, TMPDIR: directory },
  });
  return control(child, host, configFile);
}

function control(child: ChildProcess, host: string, configFile: string): Daemon {
  const output: OutputLine[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) {
      createInterface(stream).on('line', (text) => output.push({ at: monotonicMicros(), text }));
    }
  }
  const pid = child.pid ?? -1;
  let ended: number | string | undefined;
  child.once('exit', (status, signal) => {
    ended = status ?? signal ?? 'unknown';
  });
  const processes = (): readonly number[] => (ended === undefined ? descendants(pid) : []);
  const signal = (which: NodeJS.Signals | number): void => {
    if (ended === undefined) process.kill(pid, which);
  };
  return {
    host,
    configFile,
    pid,
    output,
    isRunning: () => ended === undefined && isRunning(pid),
    ending: () => ended,
    writeConfig: (text) => writeFileSync(configFile, text),
    signal,
    processes,
    vrrpWorkers: () => vrrpSpeakers(processes()),
    isListening: () => vrrpSpeakers(processes()).length > 0,
    killAll: () => processes().toReversed().forEach(kill),
    async stop() {
      signal('SIGTERM');
      return until(`the daemon on ${host} ends after SIGTERM`, 10_000, () => ended ?? false);
    },
  };
}

/** SIGKILL; a process that has ended already is as good. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
