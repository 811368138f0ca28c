import { readFileSync } from 'node:fs';
import { monotonicMicros } from './monotonic.ts';
import type { Network } from './network.ts';

/** A process of a router opened VRRP sockets, or the last of them was closed. */
export interface ListeningChange {
  /** Microseconds of CLOCK_MONOTONIC when it was seen, at most 10 ms late on an idle machine. */
  readonly at: number;
  readonly host: string;
  readonly change: 'listening' | 'deaf';
}

export interface ListeningWatch {
  readonly changes: readonly ListeningChange[];
  readonly isListening: (host: string) => boolean;
  readonly stop: () => void;
}

const lookEvery = 10;

/** Watches, in the kernel's own list, who has raw sockets of IP protocol 112; a successor's sockets are other ones. */
export function watchListening(network: Network): ListeningWatch {
  const changes: ListeningChange[] = [];
  const seen = new Map<string, string>(network.routers.map((host) => [host, '']));
  // A process that does nothing stands in each namespace, because /proc shows sockets by process.
  const stands = network.routers.map((host) => {
    const pid = network.start(host, ['cat'], { stdin: 'pipe' }).pid ?? 0;
    return { host, file: `/proc/${pid}/net/raw` };
  });
  const look = (): void => {
    for (const { host, file } of stands) {
      const now = socketsIn(file);
      const before = seen.get(host);
      if (now === before) continue;
      const at = monotonicMicros();
      seen.set(host, now);
      if (before !== '') changes.push({ at, host, change: 'deaf' });
      if (now !== '') changes.push({ at, host, change: 'listening' });
    }
  };
  const timer = setInterval(look, lookEvery);
  return {
    changes,
    isListening: (host) => seen.get(host) !== '',
    stop: () => clearInterval(timer),
  };
}

/** The inode of the oldest socket of protocol 112; empty without one. 70 is 112 in hexadecimal, the inode column 10. */
function socketsIn(file: string): string {
  const rows = readFileSync(file, 'utf8').split('\n').slice(1);
  const vrrp = rows.map((row) => row.trim().split(/\s+/)).filter((row) => row[1]?.endsWith(':0070') === true);
  const inodes = vrrp.map((row) => Number(row[9] ?? 0));
  return inodes.length === 0 ? '' : String(Math.min(...inodes));
}
