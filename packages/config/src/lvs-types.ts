import type { Family, IpAddress, Micros } from '@holdfast/kit';
import type { ScriptCommand } from './script-command.ts';

/** `virtual_server`, after defaults, ranges and repairs. Plain data, JSON-safe. */
export interface VirtualServer {
  /**
   * As it stands in the log, in FIFO lines and in mails, and unique: `[10.0.0.1]:tcp:80`, `[GROUP]:0`, `FWM 5`; a second
   * virtual server of a group has its protocol behind it, `[GROUP]:0:udp`.
   */
  readonly key: string;
  /** The services of IPVS that it stands for: one, or those of its group with their ranges spelt out. */
  readonly services: readonly ServiceAddress[];
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  /** `lb_algo`, wlc by default. */
  readonly scheduler: string;
  readonly schedulerFlags: { readonly flag1: boolean; readonly flag2: boolean; readonly flag3: boolean };
  readonly onePacket: boolean;
  /** `persistence_timeout`: whole seconds. */
  readonly persistence:
    | { readonly timeout: number; readonly netmask: number | IpAddress | undefined }
    | undefined;
  readonly persistenceEngine: string | undefined;
  readonly delayLoop: Micros;
  readonly haSuspend: boolean;
  readonly alpha: boolean;
  /** `omega`: say that everything is down when it ends or is removed. */
  readonly omega: boolean;
  /** `rs_init_notifies`: notify_up also for servers that are in the pool from the start. */
  readonly initialNotifies?: boolean;
  readonly quorum: number;
  readonly hysteresis: number;
  readonly quorumUp: ScriptCommand | undefined;
  readonly quorumDown: ScriptCommand | undefined;
  readonly sorryServer: RealServerAddress | undefined;
  readonly sorryServerInhibit: boolean;
  readonly virtualhost: string | undefined;
  readonly realServers: readonly RealServer[];
}

export type ServiceAddress =
  | { readonly kind: 'address'; readonly address: IpAddress; readonly port: number }
  | { readonly kind: 'fwmark'; readonly family: Family; readonly mark: number };

export interface RealServerAddress {
  readonly address: IpAddress;
  /** 0: that of the service, in a group with several ports; none, for a firewall mark. */
  readonly port: number;
  readonly forwarding: Forwarding;
}

/** `lb_kind`, with `tunnel_type` and its options for TUN. */
export type Forwarding =
  | { readonly method: 'NAT' | 'DR' }
  | {
      readonly method: 'TUN';
      readonly tunnel:
        | { readonly type: 'ipip' }
        | { readonly type: 'gue'; readonly port: number; readonly checksum: 'nocsum' | 'csum' | 'remcsum' }
        | { readonly type: 'gre'; readonly checksum: 'nocsum' | 'csum' | 'remcsum' };
    };

export interface RealServer extends RealServerAddress {
  /** `[10.0.0.7]:tcp:80`, `[10.0.0.7]:none:80` for firewall marks. */
  readonly key: string;
  readonly weight: number;
  readonly inhibitOnFailure: boolean;
  /** `uthreshold` and `lthreshold`, 0: none. */
  readonly upperThreshold: number;
  readonly lowerThreshold: number;
  readonly notifyUp: ScriptCommand | undefined;
  readonly notifyDown: ScriptCommand | undefined;
  readonly virtualhost: string | undefined;
  readonly checkers: readonly Checker[];
}

/** What all checkers have: when, how often, and how patiently (defaults of real and virtual server already applied). */
export interface CheckPace {
  readonly delayLoop: Micros;
  /** Extra attempts before a failure counts. */
  readonly retry: number;
  readonly delayBeforeRetry: Micros;
  /** The first check comes after one second and a random part of this. */
  readonly warmup: Micros;
  /** Not in the pool before it has succeeded once. */
  readonly alpha: boolean;
  readonly logAllFailures: boolean;
}

/** Where a checker with sockets connects to, and from where. */
export interface CheckTarget {
  readonly address: IpAddress;
  readonly port: number;
  readonly bindTo: IpAddress | undefined;
  readonly bindPort: number | undefined;
  readonly bindInterface: string | undefined;
  readonly fwmark: number | undefined;
  readonly connectTimeout: Micros;
}

export type Checker = { readonly pace: CheckPace } & (
  | { readonly kind: 'TCP_CHECK'; readonly target: CheckTarget }
  | HttpChecker
  | {
      readonly kind: 'MISC_CHECK';
      readonly command: ScriptCommand;
      readonly timeout: Micros;
      /** `misc_dynamic`: exit 2 to 255 sets the weight to the code less 2. */
      readonly dynamic: boolean;
      /** Its program cannot or must not run: nothing is ever checked, and an alpha server never proves itself. */
      readonly disabled?: true;
    }
);

export interface HttpChecker {
  readonly kind: 'HTTP_GET' | 'SSL_GET';
  readonly target: CheckTarget;
  readonly httpVersion: '1.0' | '1.0c' | '1.0C' | '1.1';
  readonly virtualhost: string | undefined;
  /** SSL_GET: whether and which name is sent in the handshake. */
  readonly enableSni: boolean;
  readonly sniName: string | undefined;
  readonly fastRecovery: boolean;
  readonly tlsCompliant: boolean;
  /** `SSL { }` of the file. */
  readonly tlsClient?: TlsClient;
  readonly urls: readonly HttpUrl[];
}

export interface HttpUrl {
  readonly path: string;
  readonly virtualhost: string | undefined;
  /** MD5 of the body, 32 hexadecimal digits. */
  readonly digest: string | undefined;
  /** Accepted status codes, from and to; 200 to 299 by default. */
  readonly statusCodes: readonly { readonly from: number; readonly to: number }[];
  /** `tls_compliant` of the url; that of the checker where it is not given. */
  readonly tlsCompliant?: boolean;
}

/** `SSL { }`: files in PEM, and the pass phrase of the key. */
export interface TlsClient {
  readonly password?: string;
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
}

/** What `global_defs` says of the healthcheck worker and of the kernel's table as a whole. */
export interface HealthConfig {
  readonly processName: string | undefined;
  /** `checker_priority`: the nice value of the worker. */
  readonly nice: number | undefined;
  /** `checker_rt_priority`: SCHED_RR priority of the worker's main thread. */
  readonly realtimePriority: number | undefined;
  /** `lvs_flush`: the whole table, also what is not ours, goes at start. */
  readonly flushAtStart: boolean;
  /** `lvs_flush_on_stop` without VS: the whole table goes at stop. */
  readonly flushAtStop: boolean;
  readonly timeouts: IpvsTimeouts | undefined;
  /** `@holdfast checks_in_flight`: most checks over sockets at once. */
  readonly mostInFlight?: number | undefined;
  readonly syncDaemon: SyncDaemonConfig | undefined;
}

/** `lvs_timeouts`, in seconds. */
export interface IpvsTimeouts {
  readonly tcp?: number;
  readonly tcpFin?: number;
  readonly udp?: number;
}

/** `lvs_sync_daemon`. */
export interface SyncDaemonConfig {
  readonly interface: string;
  /** The vrrp_instance whose role it has; without one it runs in both roles. */
  readonly instance?: string;
  /** The instance's virtual router id, or 0, by default. */
  readonly syncId?: number;
  readonly maximumLength?: number;
  readonly port?: number;
  readonly ttl?: number;
  readonly group?: IpAddress;
}
