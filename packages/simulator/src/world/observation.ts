import type { VrrpInstance } from '@holdfast/config';
import type { IpAddress, Micros } from '@holdfast/kit';
import type { Effect, InstanceEvent, InstanceState, SavedInstance, Surroundings } from '@holdfast/vrrp';
import type { RouterName } from '../story/types.ts';
import type { SentAdvert } from './packets.ts';

/** What happened, as an onlooker sees it who can look everywhere at once. Checks and traces are made from these. */
export type Observation = { readonly at: Micros; readonly router: RouterName } & (
  | {
      readonly kind: 'step';
      readonly config: VrrpInstance;
      readonly source: IpAddress;
      readonly event: InstanceEvent;
      readonly before: InstanceState;
      readonly after: InstanceState;
      readonly effects: readonly Effect[];
    }
  /** A packet was read from the socket, and believed or not. */
  | {
      readonly kind: 'received';
      readonly packet: Uint8Array;
      readonly believed: boolean;
      readonly config: VrrpInstance;
    }
  | { readonly kind: 'sent'; readonly advert: SentAdvert; readonly config: VrrpInstance }
  /** The kernel's addresses have changed. */
  | {
      readonly kind: 'addresses';
      readonly held: readonly string[];
      readonly by: 'worker' | 'core' | 'others';
    }
  /** What the code under test made of the scripts and the interface, and what is true. */
  | { readonly kind: 'surroundings'; readonly made: Surroundings; readonly truth: Truth }
  /** A worker's turn is over: all that was waiting has been dealt with. */
  | { readonly kind: 'turn' }
  /** The worker could not run from then until now. */
  | { readonly kind: 'woke'; readonly sleptSince: Micros }
  /** `heldUntil`: the kernel has been told to remove the addresses by then. */
  | {
      readonly kind: 'worker-gone';
      readonly saved: SavedInstance | undefined;
      readonly heldUntil?: Micros;
    }
  /** Something of the world around has changed: who runs, who hears whom. */
  | {
      readonly kind: 'condition';
      readonly what: string;
      /** No process of this router's is left. */
      readonly gone?: boolean;
      /** Its worker cannot run for now. */
      readonly asleep?: boolean;
    }
);

/** The world around a router, counted by the simulator itself. */
export interface Truth {
  readonly faulty: boolean;
  readonly undecided: boolean;
  readonly weight: number;
}

export type Observer = (observation: Observation) => void;
