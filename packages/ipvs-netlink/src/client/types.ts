import type { Result } from '@holdfast/kit';
import type { IpvsFailure } from '../failure/types.ts';
import type { Change } from '../planner/types.ts';
import type {
  Information,
  ServerReport,
  ServiceReport,
  SyncDaemon,
  SyncRole,
  Timeouts,
} from '../table/reports.ts';
import type { ServiceKey, Table } from '../table/types.ts';

type Answered<T> = Promise<Result<T, IpvsFailure>>;

/**
 * The LVS table of one network namespace. Calls are carried out in the order they are made, so a look at the table
 * never stands among our own changes.
 */
export interface Ipvs {
  information(): Answered<Information>;
  /** Carries out changes in order; one that fails does not stop the rest. Results come in the order of the changes. */
  perform(changes: readonly Change[]): Promise<readonly Result<void, IpvsFailure>[]>;
  /**
   * The whole table. A dump may lose or double entries while others change the table, and nothing tells: so it is
   * read until two readings are equal.
   *
   * @param expected one reading that is equal to this is enough; it includes the services of others
   * @returns EAGAIN when it went on changing
   */
  table(expected?: Table): Answered<Reading>;
  /** Services with their counters: one reading, in which entries may be missing while others change the table. */
  services(): Answered<readonly ServiceReport[]>;
  service(key: ServiceKey): Answered<ServiceReport>;
  /** The same for the servers of a service; none for a service that is not there. */
  servers(key: ServiceKey): Answered<readonly ServerReport[]>;
  /** Zeroes the counters of a service and its servers, or all. */
  zero(key?: ServiceKey): Answered<void>;
  /** Deletes every service, also those of others. Sync daemons stay. */
  flush(): Answered<void>;
  timeouts(): Answered<Timeouts>;
  /** Seconds; 0 and what is not given stay as they are. */
  setTimeouts(timeouts: Partial<Timeouts>): Answered<void>;
  daemons(): Answered<readonly SyncDaemon[]>;
  startDaemon(daemon: SyncDaemon): Answered<void>;
  stopDaemon(role: SyncRole): Answered<void>;
  close(): void;
}

export interface Reading {
  readonly table: Table;
  /** Entries of others that our types cannot describe, such as "protocol 1": left out of the table. */
  readonly undescribed: readonly string[];
}
