/** A firewall as far as it matters for adverts, whether nft or iptables wrote it. */
export interface Chain {
  /** Where it was read: `nft list chain inet filter input`, for the reader to look at. */
  readonly listing: string;
  /** Unique among all chains; what jumps name. */
  readonly id: string;
  readonly families: readonly (4 | 6)[];
  /** Absent: only reached by jumps. */
  readonly hook?: 'input' | 'output';
  /** Chains of one hook are passed in ascending order. */
  readonly priority: number;
  readonly policy: 'accept' | 'drop';
  readonly rules: readonly Rule[];
}

export interface Rule {
  /** A command that takes this rule away. */
  readonly removal: string;
  readonly conditions: readonly Condition[];
  readonly verdict: Verdict;
}

export type Verdict =
  | { readonly kind: 'accept' | 'drop' | 'return' | 'none' }
  | { readonly kind: 'jump' | 'goto'; readonly to: string };

/** One condition of a rule: the field is (or with `negated` is not) one of the values. */
export interface Condition {
  readonly field: Field;
  readonly negated: boolean;
  /**
   * Protocol numbers, interface names (`eth*` is a pattern), `ADDRESS/LENGTH`, families 4 and 6, conntrack states, kinds
   * of packets (`multicast`, `host`); for `other` nothing: nobody here knows whether it holds.
   */
  readonly values: readonly string[];
}

export type Field =
  | 'protocol'
  | 'in'
  | 'out'
  | 'source'
  | 'destination'
  | 'family'
  | 'state'
  | 'kind'
  | 'other';

/** An advert on its way into the machine or out of it. */
export interface Packet {
  readonly hook: 'input' | 'output';
  readonly family: 4 | 6;
  readonly interface: string;
  /** The sender's network where the sender is not known: `10.0.0.0/24`. */
  readonly source: string | undefined;
  readonly destination: string;
}
