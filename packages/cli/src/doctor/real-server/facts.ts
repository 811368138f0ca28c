import type { IpAddress } from '@holdfast/kit';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';

/** What counts on a real server of a DR pool. */
export interface RealServerFacts
  extends Pick<Facts, 'sysctls' | 'links' | 'addresses' | 'listeners' | 'daemons'> {
  readonly virtual: readonly IpAddress[];
  /** Ports of the services that the pool is about; empty: any. */
  readonly ports: readonly number[];
}

/** Something that `--apply` can do by itself. */
export type Step =
  | { readonly kind: 'sysctl'; readonly name: string; readonly value: number }
  | {
      readonly kind: 'add' | 'delete';
      readonly address: IpAddress;
      readonly prefixLength: number;
      readonly interface: string;
    };

/** A finding with the steps that mend it, in this order; none where only a person can. */
export interface Mendable {
  readonly finding: Finding;
  readonly steps: readonly Step[];
}
