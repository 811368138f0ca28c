import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// System programs live in sbin, which the PATH of an ordinary user may lack.
const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];

/** @returns {string | undefined} the program's path, looked up in PATH and the sbin folders */
export function findProgram(name) {
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return existsSync(file);
  } catch {
    return false;
  }
}

/**
 * Runs a program quietly and resolves with its exit status and everything it printed.
 * @returns {Promise<{ status: number, output: string }>} status 127 when it cannot be started
 */
export function runQuietly(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.on('error', (error) => resolve({ status: 127, output: error.message }));
    child.on('close', (status) => resolve({ status: status ?? 1, output }));
  });
}

/** Runs a program that talks to the person at the terminal. Resolves with its exit status. */
export function runVisibly(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    // Ctrl-C reaches the child as well; it cleans up and ends, and so do we, with its status.
    const wait = () => undefined;
    process.on('SIGINT', wait);
    const passOn = () => child.kill('SIGTERM');
    process.on('SIGTERM', passOn);
    child.on('error', () => resolve(127));
    child.on('close', (status, signal) => {
      process.off('SIGINT', wait);
      process.off('SIGTERM', passOn);
      resolve(status ?? (signal === null ? 1 : 130));
    });
  });
}

export const succeeds = (program, args) => spawnSync(program, args, { stdio: 'ignore' }).status === 0;
