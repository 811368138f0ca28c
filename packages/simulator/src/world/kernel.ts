import type { VirtualAddress } from '@holdfast/config';

/** One host's kernel, as far as it counts here: it outlives the processes, and only a power cut empties it. */
export interface Kernel {
  add(addresses: readonly VirtualAddress[]): void;
  remove(addresses: readonly VirtualAddress[]): void;
  /** Takes everything away: the power was cut. */
  clear(): void;
  readonly addresses: ReadonlyMap<string, VirtualAddress>;
}

/** @param changed called after the set of addresses has changed */
export function kernel(changed: () => void): Kernel {
  const addresses = new Map<string, VirtualAddress>();
  const change = (alter: () => void): void => {
    const before = [...addresses.keys()].join(' ');
    alter();
    if ([...addresses.keys()].join(' ') !== before) changed();
  };
  return {
    add: (more) => {
      change(() => {
        for (const a of more) addresses.set(addressText(a), a);
      });
    },
    remove: (fewer) => {
      change(() => {
        for (const a of fewer) addresses.delete(addressText(a));
      });
    },
    clear: () => {
      change(() => {
        addresses.clear();
      });
    },
    addresses,
  };
}

/** `10.0.0.9/24`: every interface of a simulated host is the same one. */
export const addressText = (a: VirtualAddress): string => `${a.address}/${a.prefixLength}`;
