import { spawn } from 'node:child_process';
import type { ByteSink } from '../log/console-output.ts';

/** Marks the process that goes on in the background; scripts and workers do not see it. */
const marker = 'HOLDFAST_BACKGROUND';

/** The daemon's side of the start in the background: a line to the terminal it was started from. */
export interface Launcher {
  /** What the one who waits prints on stderr. */
  readonly console: ByteSink;
  /** The daemon runs: the one who waits may go. */
  readonly ready: () => void;
}

/** Whether this is the process that goes on in the background. */
export const isInBackground = (environment: Readonly<NodeJS.ProcessEnv>): boolean =>
  environment[marker] !== undefined;

/** The one who waits for this process to be ready, if it was started in the background. */
export function launcherOf(environment: NodeJS.ProcessEnv): Launcher | undefined {
  if (environment[marker] === undefined) return undefined;
  delete environment[marker];
  // He may have been killed meanwhile; that does not concern the daemon.
  process.on('disconnect', () => undefined);
  return {
    console: {
      write(bytes) {
        if (!process.connected) return undefined;
        process.send?.({ text: Buffer.from(bytes).toString() }, () => undefined);
        return bytes.length;
      },
    },
    ready: () => {
      process.send?.({ ready: true }, () => {
        if (process.connected) process.disconnect();
      });
    },
  };
}

/**
 * Starts this program again, detached from the terminal, with descriptors 0 to 2 on /dev/null and working directory
 * `/`, and waits until it is ready or has failed.
 * @returns the status to exit with: 0 when it runs, else the status it ended with
 */
export function startInBackground(
  words: readonly string[],
  onStop: (stop: () => void) => void,
): Promise<number> {
  const [, program = ''] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, program, ...words], {
    detached: true,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, [marker]: '1' },
  });
  onStop(() => void child.kill('SIGTERM'));
  return new Promise((resolve) => {
    child.on('message', (message: unknown) => {
      if (typeof message !== 'object' || message === null) return;
      if ('text' in message) process.stderr.write(String(message.text));
      if ('ready' in message) resolve(0);
    });
    child.on('error', (error) => {
      process.stderr.write(`holdfastd: cannot start in the background: ${error.message}\n`);
      resolve(1);
    });
    // 'exit' can come before the last words were read, 'disconnect' before the status is known.
    const ended = (): void => {
      const hasEnded = child.exitCode !== null || child.signalCode !== null;
      if (hasEnded && !child.connected) resolve(child.exitCode ?? 1);
    };
    child.on('exit', ended);
    child.on('disconnect', ended);
  });
}
