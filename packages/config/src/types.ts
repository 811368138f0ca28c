import type { Family, IpAddress, Micros } from '@holdfast/kit';
import type { HealthConfig, VirtualServer } from './lvs-types.ts';
import type { ScriptCommand, ScriptUser } from './script-command.ts';

/** The typed configuration: what the file says after defaults, ranges and cross-keyword rules. Plain data, JSON-safe. */
export interface Config {
  readonly global: GlobalConfig;
  readonly vrrpScripts: readonly VrrpScript[];
  readonly vrrpInstances: readonly VrrpInstance[];
  readonly virtualServers: readonly VirtualServer[];
}

/** `global_defs`, as far as it is in effect. */
export interface GlobalConfig {
  readonly routerId: string | undefined;
  readonly enableScriptSecurity: boolean;
  /** `script_user USER [GROUP]`: who runs scripts that name nobody themselves. */
  readonly scriptUser: ScriptUser | undefined;
  readonly dynamicInterfaces: boolean;
  /** `vrrp_startup_delay`: no transition to master before this has passed. */
  readonly vrrpStartupDelay: Micros;
  /** `vrrp_rt_priority`: SCHED_RR priority of the vrrp worker's main thread. */
  readonly vrrpRealtimePriority: number | undefined;
  /** `vrrp_priority`: nice value of the vrrp worker. */
  readonly vrrpNice: number | undefined;
  /** `child_wait_time`: how long a stopping worker may take. */
  readonly childWaitTime: Micros;
  readonly processNames: { readonly parent?: string; readonly vrrp?: string };
  readonly logUnknownVrids: boolean;
  /** `reload_check_config`: refuse a reload on any diagnostic, also a warning. */
  readonly reloadCheckConfig: boolean;
  /** `@holdfast vrrp_socket native|raw-socket`: the transport of IPv4 protocol 112. */
  readonly vrrpSocket: 'native' | 'raw-socket';
  /** `vrrp_garp_interval`: least time between two gratuitous ARPs on one interface; 0 is no pacing. */
  readonly garpInterval: Micros;
  /** Absent: nothing of it is written. */
  readonly health?: HealthConfig;
}

export interface VrrpScript {
  readonly name: string;
  readonly command: ScriptCommand;
  readonly interval: Micros;
  /** Default: the interval. */
  readonly timeout: Micros;
  /** -254 to 254; 0: failure means FAULT. */
  readonly weight: number;
  readonly weightReverse: boolean;
  /** Successes in a row until the script counts as good. */
  readonly rise: number;
  /** Failures in a row until it counts as bad. */
  readonly fall: number;
  /** `init_fail`: counts as bad until it has succeeded. */
  readonly initFail: boolean;
}

/** `vrrp_instance`: one virtual router. */
export interface VrrpInstance {
  readonly name: string;
  readonly interface: string;
  readonly family: Family;
  readonly version: 2 | 3;
  /** 1 to 255 */
  readonly virtualRouterId: number;
  /** `state`: only the address owner starts as master at once. */
  readonly initialState: 'MASTER' | 'BACKUP';
  /** 1 to 255; 255 is the address owner. */
  readonly priority: number;
  readonly advertInterval: Micros;
  readonly authentication: Authentication;
  readonly nopreempt: boolean;
  readonly preemptDelay: Micros;
  /** `down_timer_adverts`: the factor 3 of the master down interval. */
  readonly downTimerAdverts: number;
  /** `mcast_src_ip` or `unicast_src_ip`; otherwise the interface's primary address. */
  readonly sourceAddress: IpAddress | undefined;
  readonly multicastDestination: IpAddress;
  /** `unicast_peer`: not empty means adverts go to these and not to the group. */
  readonly unicastPeers: readonly UnicastPeer[];
  /** `unicast_ttl`, 255 by default. */
  readonly unicastTtl: number;
  readonly checkUnicastSource: boolean;
  /** `virtual_ipaddress`: advertised. */
  readonly virtualAddresses: readonly VirtualAddress[];
  /** `virtual_ipaddress_excluded`: held, but not advertised. */
  readonly excludedAddresses: readonly VirtualAddress[];
  readonly trackScripts: readonly TrackEntry[];
  readonly trackInterfaces: readonly TrackEntry[];
  readonly dontTrackPrimary: boolean;
  readonly garp: GarpSettings;
  readonly lowerPriorityNoAdvert: boolean;
  readonly higherPrioritySendAdvert: boolean;
  readonly ownerIgnoreAdverts: boolean;
  readonly skipCheckAdvertAddresses: boolean;
  readonly strict: boolean;
  /** `v3_checksum_as_v2`: send VRRPv3 over IPv4 with the checksum of RFC 9568, without pseudo header. */
  readonly checksumWithoutPseudoHeader: boolean;
  readonly promoteSecondaries: boolean;
  readonly notify: NotifyScripts;
  readonly notifyPriorityChanges: boolean;
}

export type Authentication =
  | { readonly type: 'none' }
  /** `password`: at most 8 bytes, sent zero padded (RFC 2338 §5.3.6.2). */
  | { readonly type: 'pass'; readonly password: string };

export interface UnicastPeer {
  readonly address: IpAddress;
  readonly minTtl: number | undefined;
  readonly maxTtl: number | undefined;
}

export interface VirtualAddress {
  readonly address: IpAddress;
  readonly prefixLength: number;
  /** The interface that holds it: `dev`, or the instance's. */
  readonly interface: string;
  /** rtnetlink scope: 0 global, 253 link, 254 host. */
  readonly scope: number;
  readonly label: string | undefined;
  readonly broadcast: IpAddress | undefined;
  readonly peer: { readonly address: IpAddress; readonly prefixLength: number } | undefined;
  readonly noPrefixRoute: boolean;
  /** `no_track`: nobody minds when somebody deletes it. */
  readonly noTrack: boolean;
}

/** An entry of `track_script` or `track_interface`. */
export interface TrackEntry {
  readonly name: string;
  /** 0: FAULT while bad; otherwise added while good (positive) or subtracted while bad (negative). */
  readonly weight: number;
  readonly reverse: boolean;
}

/** Gratuitous ARP: how often, and when again. */
export interface GarpSettings {
  readonly masterDelay: Micros;
  readonly masterRepeat: number;
  /** 0: no refresh. */
  readonly masterRefresh: Micros;
  readonly masterRefreshRepeat: number;
  readonly lowerPriorityDelay: Micros;
  readonly lowerPriorityRepeat: number;
}

/** `notify_master` and the others; `notify` runs at every transition with arguments. */
export interface NotifyScripts {
  readonly master?: ScriptCommand;
  readonly backup?: ScriptCommand;
  readonly fault?: ScriptCommand;
  readonly stop?: ScriptCommand;
  readonly deleted?: ScriptCommand;
  readonly masterRxLowerPriority?: ScriptCommand;
  readonly any?: ScriptCommand;
  /** `notify_deleted` without a script: an instance removed by reload reports DELETED instead of FAULT. */
  readonly reportDeleted: boolean;
}
