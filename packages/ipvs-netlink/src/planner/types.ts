import type { Server, ServerKey, Service, ServiceKey } from '../table/types.ts';

/** One command to the kernel. Services and servers are always sent whole: a SET replaces the entry. */
export type Change =
  | { readonly kind: 'add-service' | 'set-service'; readonly service: Service }
  | { readonly kind: 'delete-service'; readonly service: ServiceKey }
  | { readonly kind: 'add-server' | 'set-server'; readonly service: ServiceKey; readonly server: Server }
  | { readonly kind: 'delete-server'; readonly service: ServiceKey; readonly server: ServerKey };

/** Something an operator wants to know of: others have changed what is ours. */
export type Remark =
  /** What we wrote is not in the table any more; the plan puts it back. */
  | { readonly kind: 'service-vanished'; readonly service: ServiceKey; readonly servers: number }
  | { readonly kind: 'server-vanished'; readonly service: ServiceKey; readonly server: ServerKey }
  /** Not as we wrote it; the plan writes it again. */
  | { readonly kind: 'service-altered'; readonly service: ServiceKey; readonly found: Service }
  | { readonly kind: 'server-altered'; readonly service: ServiceKey; readonly found: Server }
  /** Another weight than we wrote; it stays until we have a weight of our own to write. */
  | {
      readonly kind: 'weight-by-hand';
      readonly service: ServiceKey;
      readonly server: ServerKey;
      readonly written: number;
      readonly found: number;
    }
  /** A server that we never wrote stands in a service of ours; the plan leaves it alone. */
  | { readonly kind: 'server-not-ours'; readonly service: ServiceKey; readonly found: Server }
  /** A service that we never wrote has the key of one of ours; from now on it is ours. */
  | { readonly kind: 'service-adopted'; readonly service: ServiceKey };

export interface Plan {
  /** In the order they must be carried out. */
  readonly changes: readonly Change[];
  readonly remarks: readonly Remark[];
}
