import type { Micros } from '@holdfast/kit';
import type { Observation } from '../../world/observation.ts';
import type { Span } from './timers.ts';

/** What the rules let one router do, kept from nothing but what it was told and what time it is. */
export type Expected =
  | { readonly phase: 'init' }
  | { readonly phase: 'fault'; readonly learnt: Span }
  | {
      readonly phase: 'backup';
      /** Master_Adver_Interval: what the last accepted advert said in v3. */
      readonly learnt: Span;
      /** Whether `learnt` came from a master. */
      readonly heard: 'yes' | 'no' | 'unknown';
      /** When Master_Down_Timer fires. */
      readonly takeOver: Span;
      /** `preempt_delay` is over: known, not begun, or (after a reload) not for us to know. */
      readonly preemptAt: Micros | 'not-begun' | 'unknown';
    }
  | {
      readonly phase: 'master';
      readonly learnt: Span;
      /** When Adver_Timer fires. */
      readonly advertDue: Span;
      readonly losses: readonly Micros[];
    };

export type StepSeen = Extract<Observation, { kind: 'step' }>;

/** What a referee sees of one step, and how it objects. */
export interface Sight {
  readonly seen: StepSeen;
  /** The priorities of the adverts sent in it. */
  readonly sent: readonly number[];
  /** The priority in force before it and after it. */
  readonly ours: number;
  /** An operator has handed it over; after this step. */
  readonly handedOver: boolean;
  /** When this router was last seen to send an advert that was no goodbye, since core runs. */
  readonly lastSentAt: Micros | undefined;
  /** The phase in which the worker before this one died. */
  readonly diedAs: Expected['phase'] | undefined;
  /** The worker could not run until then. */
  readonly excusedUntil: Micros;
  object(rule: string, text: string): void;
}
