import { readFileSync } from 'node:fs';

/** Descriptors that are needed besides checks: IPC, netlink, the loop's own, with room. */
const reserve = 100;
/** As many checks at once serve a thousand a second of which each waits four seconds in vain. */
const most = 4096;

/** How many checks may be under way at once: as far as the process' limit of descriptors goes, in checks. */
export function mostInFlight(limits: string = readFileSync('/proc/self/limits', 'utf8')): number {
  const soft = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? most);
  return Math.max(1, Math.min(most, soft - reserve));
}
