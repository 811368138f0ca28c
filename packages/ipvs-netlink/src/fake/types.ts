import type { IpvsTransport } from '../client/transport.ts';
import type { ServerReport } from '../table/reports.ts';
import type { ServerKey, ServiceKey, Table } from '../table/types.ts';

/** What the fake kernel's machine is like. */
export interface FakeWorld {
  /** Modules that are there; all that Linux has by default. */
  readonly schedulers?: readonly string[];
  readonly persistenceEngines?: readonly string[];
  readonly interfaces?: readonly FakeInterface[];
  readonly hasIpv6?: boolean;
  /** Requests that one send may have; 256 by default. */
  readonly capacity?: number;
  /** The stop of a sync daemon is carried out without an acknowledgement, as happens to one that just started. */
  readonly stopsInSilence?: boolean;
}

export interface FakeInterface {
  readonly name: string;
  readonly up: boolean;
  readonly mtu: number;
}

/** An IPVS table in memory with the kernel's rules. Several sockets may be open on it, as on the real one. */
export interface FakeKernel {
  /** A new socket. */
  connect(): IpvsTransport;
  readonly table: Table;
  /** Takes CAP_NET_ADMIN from every socket, or gives it back. */
  setPrivileged(privileged: boolean): void;
  /** What a server's counters show from now on. */
  count(service: ServiceKey, server: ServerKey, counters: Partial<Omit<ServerReport, 'server'>>): void;
}
