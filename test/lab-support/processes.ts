import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The process itself and all that descend from it, parents first. */
export function descendants(pid: number): readonly number[] {
  return [pid, ...childrenOf(pid).flatMap(descendants)];
}

/** Pids of the living children of a process; none when it has ended. */
export function childrenOf(pid: number): readonly number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

/** Whether the process exists and is not merely waiting to be reaped. */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !['Z', 'X'].includes(stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3));
  } catch {
    return false;
  }
}

/** Those of `pids` that hold a raw socket of IP protocol 112: the processes that speak VRRP. */
export function vrrpSpeakers(pids: readonly number[]): readonly number[] {
  return pids.filter((pid) => {
    const inodes = rawSocketInodes(pid, 112);
    return socketsOf(pid).some((inode) => inodes.has(inode));
  });
}

// The second column of /proc/net/raw is `address:protocol` in hexadecimal, the tenth the inode.
function rawSocketInodes(pid: number, protocol: number): ReadonlySet<string> {
  try {
    const rows = readFileSync(`/proc/${pid}/net/raw`, 'utf8').split('\n').slice(1);
    const columns = rows.map((row) => row.trim().split(/\s+/));
    const ours = columns.filter((row) => Number.parseInt(row[1]?.split(':')[1] ?? '', 16) === protocol);
    return new Set(ours.map((row) => row[9] ?? ''));
  } catch {
    return new Set();
  }
}

function socketsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const socket = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`));
      return socket?.[1] === undefined ? [] : [socket[1]];
    });
  } catch {
    return [];
  }
}
