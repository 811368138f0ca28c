import { spawnSync } from 'node:child_process';
import { LabError } from './lab-error.ts';

/**
 * Runs a program to its end and returns what it printed.
 * @param input text for its standard input
 * @throws LabError when it cannot be started or exits with another status than 0
 */
export function command(program: string, args: readonly string[], input = ''): string {
  const run = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 64 << 20 });
  if (run.error !== undefined) {
    throw new LabError(
      `${program} cannot be started: ${run.error.message}. Is it installed? (npm run setup)`,
    );
  }
  if (run.status !== 0) {
    throw new LabError(
      `${program} ${args.join(' ')}: exit ${run.status ?? run.signal}: ${run.stderr.trim()}`,
    );
  }
  return run.stdout;
}

/** As `command`, for cleaning up: a failure is an answer too. @returns whether it exited with 0 */
export const attempt = (program: string, args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0;
