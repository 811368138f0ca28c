import type { IpAddress } from '@holdfast/kit';
import type { Server, Service } from './types.ts';

/** Counters since the entry was made or zeroed, and rates per second. The kernel refreshes them every 2 s. */
export interface Statistics {
  readonly connections: bigint;
  readonly incomingPackets: bigint;
  readonly outgoingPackets: bigint;
  readonly incomingBytes: bigint;
  readonly outgoingBytes: bigint;
  readonly connectionRate: bigint;
  readonly incomingPacketRate: bigint;
  readonly outgoingPacketRate: bigint;
  readonly incomingByteRate: bigint;
  readonly outgoingByteRate: bigint;
}

export interface ServiceReport {
  readonly service: Service;
  readonly statistics: Statistics;
}

export interface ServerReport {
  readonly server: Server;
  readonly activeConnections: number;
  readonly inactiveConnections: number;
  readonly persistentConnections: number;
  readonly statistics: Statistics;
}

/** Of the kernel's IPVS. */
export interface Information {
  /** As people write it: "1.2.1". */
  readonly version: string;
  /** Buckets of the connection table. */
  readonly connectionTableSize: number;
}

/** Whole seconds that a connection stays without traffic (`lvs_timeouts`). The kernel's own: 900, 120, 300. */
export interface Timeouts {
  readonly tcp: number;
  readonly tcpFin: number;
  readonly udp: number;
}

export type SyncRole = 'master' | 'backup';

/** A connection synchronisation daemon (`lvs_sync_daemon`). One of each role may run in a network namespace. */
export interface SyncDaemon {
  readonly role: SyncRole;
  readonly interface: string;
  /** 0 to 255: the packet carries eight bits. */
  readonly syncId: number;
  /** Longest packet; the kernel's choice follows from the interface when it is not given. */
  readonly maximumLength?: number;
  /** 224.0.0.81 by default. */
  readonly group?: IpAddress;
  /** 8848 by default. */
  readonly port?: number;
  /** 1 by default. */
  readonly ttl?: number;
}
