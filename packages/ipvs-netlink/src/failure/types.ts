import type { Change } from '../planner/types.ts';
import type { SyncDaemon, SyncRole } from '../table/reports.ts';
import type { ServiceKey } from '../table/types.ts';

/** What was asked of the kernel. */
export type Asked =
  | Change
  | { readonly kind: 'open' }
  | { readonly kind: 'read-information' | 'read-timeouts' | 'set-timeouts' }
  | { readonly kind: 'list-services' | 'list-daemons' | 'zero-all' | 'flush' }
  | { readonly kind: 'read-service' | 'list-servers' | 'zero-service'; readonly service: ServiceKey }
  | { readonly kind: 'start-daemon'; readonly daemon: SyncDaemon }
  | { readonly kind: 'stop-daemon'; readonly role: SyncRole };

/** A refusal: the kernel itself gives no text, so what, why and what to do are said here. */
export interface IpvsFailure {
  readonly asked: Asked;
  /** "add server 10.9.1.1:80 to tcp 10.9.0.100:80" */
  readonly request: string;
  /** "EEXIST" */
  readonly code: string;
  readonly errno: number;
  /** Why, and what to do: a sentence each. */
  readonly reason: string;
  readonly remedy: string;
}
