import { createInterface } from 'node:readline';
import { monotonicMicros } from './monotonic.ts';
import type { Network } from './network.ts';

/** An IPv4 address came to or left a router, as the kernel told it. */
export interface AddressChange {
  /** Microseconds of CLOCK_MONOTONIC when the report was read. */
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
  const note = (host: string, line: string): void => {
    const seen = /^(Deleted )?\d+: \S+\s+inet ([\d.]+)/.exec(line);
    const address = seen?.[2];
    if (seen === null || address === undefined) return;
    const change = seen[1] === undefined ? 'added' : 'removed';
    if (change === 'added') held.get(host)?.add(address);
    else held.get(host)?.delete(address);
    changes.push({ at: monotonicMicros(), host, change, address });
  };
  for (const host of network.routers) {
    const monitor = network.start(host, ['ip', '-4', '-o', 'monitor', 'address']);
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
