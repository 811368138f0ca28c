import { closeSync, openSync, readdirSync } from 'node:fs';
import { attempt, command } from './command.ts';

/** Namespaces of a run are called hf-PID-NUMBER-HOST: whose process is gone, is left over. */
export const namespacePrefix = 'hf-';

/** Kills what runs in a namespace, waits until it has ended, then removes the namespace. */
export function removeNamespace(name: string): void {
  // While the namespace is held open, `ip netns pids` cannot speak of another one.
  let held: number | undefined;
  try {
    held = openSync(`/run/netns/${name}`, 'r');
  } catch {
    return;
  }
  for (let round = 0; round < 50; round++) {
    const pids = command('ip', ['netns', 'pids', name]).split('\n').filter(Boolean).map(Number);
    if (pids.length === 0) break;
    for (const pid of pids) killQuietly(pid);
    attempt('sleep', ['0.02']);
  }
  closeSync(held);
  attempt('ip', ['netns', 'del', name]);
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

/** Removes namespaces of runs that were killed before they could clean up: their process is gone. */
export function removeStaleNamespaces(): void {
  for (const name of namespacesOfRuns()) {
    const pid = Number(name.slice(namespacePrefix.length).split('-')[0]);
    if (Number.isInteger(pid) && pid > 0 && !isAlive(pid)) removeNamespace(name);
  }
}

function namespacesOfRuns(): readonly string[] {
  try {
    return readdirSync('/run/netns').filter((name) => /^hf-\d+-\d+-/.test(name));
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
