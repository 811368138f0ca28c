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
  const children = childrenOf(daemon.pid).filter(isRunning);
  const speakers = vrrpSpeakers(children);
  if (role === 'worker') return speakers[0] ?? children[0];
  return speakers.length === 0 ? undefined : children.find((pid) => !speakers.includes(pid));
}
