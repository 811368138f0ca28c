import type { Family, IpAddress } from '@holdfast/kit';

/** IPPROTO_TCP, _UDP and _SCTP: the protocols that IPVS balances. */
export type Protocol = 'tcp' | 'udp' | 'sctp';

/** What identifies a virtual service. The same mark for IPv4 and for IPv6 makes two services. */
export type ServiceKey =
  | {
      readonly kind: 'address';
      readonly protocol: Protocol;
      readonly address: IpAddress;
      /** 0: every port; it makes sense with persistence only. */
      readonly port: number;
    }
  /** `mark` is 1 to 4294967295: firewall mark 0 is no mark. */
  | { readonly kind: 'fwmark'; readonly family: Family; readonly mark: number };

/** A virtual service as configured: its key and everything that can be changed without making it anew. */
export interface Service {
  readonly key: ServiceKey;
  /** `lb_algo`: rr, wrr, lc, wlc, ...; at most 15 bytes. */
  readonly scheduler: string;
  /** What the flags mean depends on the scheduler: sh-fallback and mh-fallback are flag 1, sh-port and mh-port flag 2. */
  readonly schedulerFlags: SchedulerFlags;
  /** `ops`: each UDP datagram is scheduled by itself. */
  readonly onePacket: boolean;
  readonly persistence: Persistence | undefined;
  /** `persistence_engine`: "sip"; at most 15 bytes. */
  readonly persistenceEngine: string | undefined;
}

export interface SchedulerFlags {
  readonly flag1: boolean;
  readonly flag2: boolean;
  readonly flag3: boolean;
}

/** `persistence_timeout` and `persistence_granularity`. */
export interface Persistence {
  /** Whole seconds. */
  readonly timeout: number;
  /** Clients that are equal under it count as one. */
  readonly granularity: Granularity;
}

export type Granularity =
  /** IPv4: any pattern of bits, 255.255.255.255 by default. */
  | { readonly family: 4; readonly mask: IpAddress }
  /** IPv6: 1 to 128, 128 by default. */
  | { readonly family: 6; readonly prefixLength: number };

/** What identifies a real server within its service. Forwarding and tunnel are no part of it. */
export interface ServerKey {
  readonly address: IpAddress;
  /** 0 in a service by fwmark. */
  readonly port: number;
}

/** A real server ("destination") as configured. */
export interface Server extends ServerKey {
  readonly forwarding: Forwarding;
  /** 0 to 2147483647; 0 is quiesced: no new connections. */
  readonly weight: number;
  /** `uthreshold`: connections from which on no new one comes; 0: none. */
  readonly upperThreshold: number;
  /** `lthreshold`: connections below which new ones come again; 0: none. Not above the upper one. */
  readonly lowerThreshold: number;
}

/** `lb_kind`. `local` and `bypass` are set by other tools only. */
export type Forwarding =
  | { readonly method: 'NAT' | 'DR' | 'local' | 'bypass' }
  | { readonly method: 'TUN'; readonly tunnel: Tunnel };

/** `tunnel_type`. GUE needs a UDP port, 1 to 65535. */
export type Tunnel =
  | { readonly type: 'ipip' }
  | { readonly type: 'gue'; readonly port: number; readonly checksum: TunnelChecksum }
  | { readonly type: 'gre'; readonly checksum: TunnelChecksum };

/** `nocsum`, `csum`, `remcsum` of keepalived.conf(5). */
export type TunnelChecksum = 'nocsum' | 'csum' | 'remcsum';

/** A virtual service with its real servers, by `serverId`. The order of the map is the order they are added in. */
export interface Pool {
  readonly service: Service;
  readonly servers: ReadonlyMap<string, Server>;
}

/** Virtual services by `serviceId`. The order of the map is the order they are added in. */
export type Table = ReadonlyMap<string, Pool>;
