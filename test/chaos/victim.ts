import { readlinkSync } from 'node:fs';
import type { Daemon } from '../lab-support/daemon.ts';
import { childrenOf, isRunning, vrrpSpeakers } from '../lab-support/processes.ts';
import type { Role } from './happening.ts';

/**
 * The process that has a role in a daemon now. A worker that is only starting counts as the worker where nobody speaks
 * yet; the spare is who does not speak although another one does.
 */
export function victim(daemon: Daemon, role: Role): number | undefined {
  if (!daemon.isRunning()) return undefined;
  if (role === 'core') return daemon.pid;
  // Until the launcher has turned into the daemon its children are helpers of the shell.
  const children = isNode(daemon.pid) ? childrenOf(daemon.pid).filter(isNode) : [];
  const speakers = vrrpSpeakers(children);
  if (role === 'worker') return speakers[0] ?? children[0];
  return speakers.length === 0 ? undefined : children.find((pid) => !speakers.includes(pid));
}

/** Whether a process lives and runs Node. */
function isNode(pid: number): boolean {
  try {
    return isRunning(pid) && /\/node$/.test(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return false;
  }
}
