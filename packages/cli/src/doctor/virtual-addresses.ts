import type { Config, VirtualAddress, VrrpInstance } from '@holdfast/config';

/** A virtual address with its instance. */
export interface Held {
  readonly instance: VrrpInstance;
  readonly virtual: VirtualAddress;
}

/** All addresses that instances hold, advertised or not. */
export const virtualAddresses = ({ vrrpInstances }: Config): readonly Held[] =>
  vrrpInstances.flatMap((instance) =>
    [...instance.virtualAddresses, ...instance.excludedAddresses].map((virtual) => ({ instance, virtual })),
  );
