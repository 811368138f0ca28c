import { createInterface } from 'node:readline';
import { monotonicMicros } from './monotonic.ts';
import type { Network } from './network.ts';
import { realtimeOffset } from './realtime.ts';

/** An IPv4 address came to or left a router, as the kernel told it. */
export interface AddressChange {
  /** Microseconds of CLOCK_MONOTONIC when `ip monitor` got the kernel's report. */
  readonly at: number;
  readonly host: string;
  readonly change: 'added' | 'removed';
  readonly address: string;
}

export interface AddressWatch {
  readonly changes: readonly AddressChange[];
  readonly holds: (host: string, address: string) => boolean;
  /** The routers that hold an address now. */
  readonly owners: (address: string) => readonly string[];
  /** All addresses that a router holds now, in the order in which they came. */
  readonly addressesOf: (host: string) => readonly string[];
}

/** Watches the addresses of every router through `ip monitor`; ends with the network. */
export function watchAddresses(network: Network): AddressWatch {
  const changes: AddressChange[] = [];
  const held = new Map<string, Set<string>>(network.routers.map((host) => [host, new Set<string>()]));
  const offset = realtimeOffset();
  const note = (host: string, line: string): void => {
    const seen = /^(?:\[(\S+)\] ?)?(Deleted )?\d+: \S+\s+inet ([\d.]+)/.exec(line);
    const address = seen?.[3];
    if (seen === null || address === undefined) return;
    const change = seen[2] === undefined ? 'added' : 'removed';
    const at = seen[1] === undefined ? monotonicMicros() : realtimeOf(seen[1]) - offset;
    if (change === 'added') held.get(host)?.add(address);
    else held.get(host)?.delete(address);
    changes.push({ at, host, change, address });
  };
  for (const host of network.routers) {
    const monitor = network.start(host, ['ip', '-4', '-o', '-ts', 'monitor', 'address'], {
      environment: { TZ: 'UTC' },
    });
    if (monitor.stdout !== null) createInterface(monitor.stdout).on('line', (line) => note(host, line));
    for (const line of network.run(host, 'ip', ['-4', '-o', 'address']).split('\n')) note(host, line);
  }
  return {
    changes,
    holds: (host, address) => held.get(host)?.has(address) ?? false,
    owners: (address) => network.routers.filter((host) => held.get(host)?.has(address)),
    addressesOf: (host) => [...(held.get(host) ?? [])],
  };
}

/** Microseconds since 1970 of a stamp such as 2026-11-21T12:55:36.123456. */
function realtimeOf(stamp: string): number {
  const [whole = '', fraction = '0'] = stamp.split('.');
  return Date.parse(`${whole}Z`) * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}
