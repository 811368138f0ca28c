import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openIpvs } from '@holdfast/ipvs-netlink';
import { LabError } from '../../lab-support/lab-error.ts';
import { rootFolder } from '../../lab-support/root-folder.ts';
import { runInUml, umlMissing } from '../../uml/uml.ts';

/** Where the story of the pool can be played. */
export interface Place {
  /** One line that says where, and why there. */
  readonly explanation: string;
  /** The same in a few words for the heading. */
  readonly label: string;
  /** Plays the story; `onLine` gets what it reports. @returns what it complained about when it did not come to its end */
  readonly play: (argv: readonly string[], onLine: (line: string) => void) => Promise<string | undefined>;
}

/** Wall time until a story that does not end is ended, in milliseconds. */
const patience = 120_000;
const memory = '1G';
const program = join(rootFolder, 'dist', 'demo-pool.mjs');
/** The guest's modprobe is not called by its kernel: what the story uses is loaded before. */
const modules = ['ip_vs', 'ip_vs_rr', 'ip_vs_wrr', 'bridge', 'veth'];

/** This machine where its kernel has ip_vs, else user-mode Linux on it. @throws LabError where neither can be had */
export async function choosePlace(): Promise<Place> {
  const opened = await openIpvs();
  if (opened.ok) {
    opened.value.close();
    return { explanation: 'this kernel has ip_vs: the pool is shown on it', label: '', play: playHere };
  }
  const missing = umlMissing(memory);
  if (missing !== undefined) {
    throw new LabError(
      `the pool cannot be shown here: this kernel has no ip_vs (modprobe ip_vs), and user-mode Linux, which has, cannot run: ${missing}`,
    );
  }
  return {
    explanation: 'no ip_vs in this kernel: the pool runs in user-mode Linux, a kernel in a process',
    label: ', in user-mode Linux',
    play: playInGuest,
  };
}

async function playHere(
  argv: readonly string[],
  onLine: (line: string) => void,
): Promise<string | undefined> {
  const child = spawn(process.execPath, [program, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += String(chunk);
  });
  createInterface(child.stdout).on('line', onLine);
  const began = performance.now();
  const timer = setTimeout(() => child.kill('SIGTERM'), patience);
  await once(child, 'close');
  clearTimeout(timer);
  return child.exitCode === 0 ? undefined : complaint.trim() || whyEnded(began, '');
}

async function playInGuest(
  argv: readonly string[],
  onLine: (line: string) => void,
): Promise<string | undefined> {
  const began = performance.now();
  const { status, stderr, console } = await runInUml({
    command: [process.execPath, program, '--leave', ...argv],
    modules,
    memory,
    timeoutMilliseconds: patience,
    onLine,
  });
  return status === 0 ? undefined : stderr.trim() || whyEnded(began, console);
}

/** @param console what a guest's kernel said */
function whyEnded(began: number, console: string): string {
  if (performance.now() - began >= patience) return `it was ended after ${patience / 1000} s`;
  return ['what played it ended', console.trim().slice(-500)].filter(Boolean).join(': ');
}
