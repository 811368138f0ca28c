import { spawn } from 'node:child_process';
import type { CaseFolder } from './case-folder.ts';
import { configId } from './site.ts';

export interface TheirVerdict {
  /** The exit status of `keepalived -t`, the signal that it died of, or that it came to no end. */
  readonly exit: number | NodeJS.Signals | 'endless';
  readonly output: string;
}

/** Milliseconds after which keepalived is taken to run for ever; it takes about ten. */
const patience = 3000;
const longestOutput = 200_000;

/** What keepalived says of a case. */
export function theirVerdict({ folder, path }: CaseFolder): Promise<TheirVerdict> {
  return new Promise((resolve, reject) => {
    const child = spawn('keepalived', ['-t', '-f', path, '-i', configId], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let output = '';
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, patience);
    child.stderr.setEncoding('latin1');
    child.stderr.on('data', (chunk: string) => {
      if (output.length < longestOutput) output += chunk;
    });
    child.on('error', reject);
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ exit: isLate ? 'endless' : (status ?? signal ?? 'endless'), output });
    });
  });
}
