/** Whose process it is: the daemon itself, the worker that speaks VRRP, or the one that stands ready to follow it. */
export type Role = 'core' | 'worker' | 'spare';

/** What happened, when (microseconds of CLOCK_MONOTONIC) and to which router. */
export type Happening = { readonly at: number; readonly router: string } & (
  | { readonly kind: 'killed'; readonly role: Role; readonly pid: number }
  /** The service manager has started the daemon. */
  | { readonly kind: 'started' }
  /** The daemon ended although nobody had killed it. */
  | { readonly kind: 'ended-by-itself' }
  /** A process of a killed daemon lived on for too long. */
  | { readonly kind: 'outlived'; readonly pid: number }
  /** The router did not come back to be killed again. */
  | { readonly kind: 'not-there'; readonly role: Role }
  /** The pair did not come to rest with router1 as its master. */
  | { readonly kind: 'unsettled' }
  | { readonly kind: 'listening' }
  | { readonly kind: 'deaf' }
  | { readonly kind: 'added' }
  | { readonly kind: 'removed' }
);

/** How often masters speak in a round, and what follows from it. Times in microseconds. */
export interface Pace {
  readonly name: string;
  /** Seconds, as in the configuration. */
  readonly advertInt: number;
  readonly version: 2 | 3;
  readonly advertInterval: number;
  readonly masterDownInterval: (router: string) => number;
}

/** Everything that is known of a round. */
export interface Course {
  readonly pace: Pace;
  /** In the order of time. */
  readonly happenings: readonly Happening[];
  /** When lost requests of the client were started, in microseconds. */
  readonly lost: readonly number[];
  readonly end: number;
}

/** Something that must not be. */
export interface Violation {
  readonly at: number;
  readonly what: string;
}
