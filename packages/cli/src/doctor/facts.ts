import type { ParseResult } from '@holdfast/config';
import type { Vetted } from '@holdfast/core/scripts';
import type { IpAddress } from '@holdfast/kit';
import type { Link, LinkAddress } from '@holdfast/netlink';
import type { Advert } from '@holdfast/wire';
import type { Chain } from './firewall/model.ts';

/** What was observed of the machine. Plain data: every check is a function of it. */
export interface Facts {
  readonly configuration: Configuration;
  /** Names of capabilities that the daemon needs and this process lacks. */
  readonly missingCapabilities: readonly string[];
  readonly isRoot: boolean;
  readonly ipvs: IpvsFacts;
  /** By dotted name (`net.ipv4.ip_forward`); what the kernel does not have is left out. */
  readonly sysctls: Sysctls;
  readonly links: readonly Link[];
  readonly addresses: readonly LinkAddress[];
  readonly listeners: readonly Listener[];
  /** Services that their configuration binds to a virtual address. */
  readonly boundInFiles: readonly BoundInFile[];
  /** The rules of nft and iptables; chains whose rules could not be read are not there. */
  readonly firewall: readonly Chain[];
  readonly daemons: readonly Daemon[];
  /** Adverts of others; undefined where nobody listened. */
  readonly heard: readonly HeardAdvert[] | undefined;
  /** For how many seconds somebody did. */
  readonly listened: number;
  readonly claims: readonly Claim[];
  readonly clock: ClockFacts;
  readonly log: LogFacts;
}

export type Sysctls = ReadonlyMap<string, number>;

export interface Configuration {
  readonly path: string;
  readonly result: ParseResult;
  /** What the daemon would make of its scripts. */
  readonly scripts: Pick<Vetted, 'disabled' | 'tolerated'>;
  /** Milliseconds since 1970; undefined when there is no such file. */
  readonly modifiedAt: number | undefined;
}

export interface IpvsFacts {
  /** The kernel's table is there. */
  readonly isLoaded: boolean;
  /** `modprobe` finds the module. */
  readonly isLoadable: boolean;
  /** Schedulers of the configuration that the kernel neither has nor can load. */
  readonly missingSchedulers: readonly string[];
}

/** A socket that waits for clients. */
export interface Listener {
  readonly protocol: 'tcp' | 'udp';
  readonly address: IpAddress;
  readonly port: number;
  /** `nginx (pid 812)`; undefined where the owner cannot be seen. */
  readonly program: string | undefined;
}

/** A line of a service's configuration. */
export interface BoundInFile {
  /** `/etc/nginx/nginx.conf:12` */
  readonly place: string;
  readonly address: IpAddress;
  readonly port: number;
}

/** A process of a VRRP daemon in this network namespace. */
export interface Daemon {
  readonly pid: number;
  readonly kind: 'keepalived' | 'holdfast';
}

/** The last advert that came from one router for one virtual router. */
export interface HeardAdvert {
  readonly interface: string;
  readonly source: IpAddress;
  /** Hardware address of the frame, `02:00:00:00:00:01`. */
  readonly mac: string;
  readonly advert: Advert;
}

/** Who answered a probe (ARP, neighbour discovery) for a virtual address. */
export interface Claim {
  readonly interface: string;
  readonly address: IpAddress;
  readonly macs: readonly string[];
}

export interface ClockFacts {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What systemd says; undefined where nobody says anything. */
  readonly isSynchronised: boolean | undefined;
}

export interface LogFacts {
  /** Somebody listens at /dev/log. */
  readonly hasSyslog: boolean;
  /** The service's options (/etc/default/keepalived, /etc/sysconfig/keepalived) or the container send it to the console. */
  readonly toConsole: boolean;
}
