/**
 * What a random configuration says, in few words: its text is written from it, and the model of the kernel's table reads
 * it, both without regard to the product. Addresses and endpoints follow from small numbers, so that what one edit takes
 * away another may bring back.
 */
export interface PoolFile {
  readonly pools: readonly PoolSection[];
}

/** One `virtual_server`. */
export interface PoolSection {
  /** 1 to 9, unique: names its group and its part of the real servers' addresses. */
  readonly number: number;
  readonly form: 'address' | 'fwmark' | 'group';
  /** Unique in a file among those of one protocol; one where the form is not a group. */
  readonly entries: readonly Entry[];
  readonly protocol: 'TCP' | 'UDP';
  readonly scheduler: string;
  /** `sh-port`, `mh-port` */
  readonly withPort: boolean;
  /** Seconds; 0: none. */
  readonly persistence: number;
  /** NAT where a firewall mark is among the entries. */
  readonly forwarding: 'NAT' | 'DR' | 'TUN';
  readonly quorum: number;
  readonly hysteresis: number;
  readonly alpha: boolean;
  /** The number of a real server, which may be one of the pool's own. */
  readonly sorry: number | undefined;
  readonly sorryInhibit: boolean;
  /** Seconds */
  readonly delayLoop: number;
  readonly servers: readonly ServerSection[];
}

/** `kind address`: 10.9.SLOT.NUMBER:80; `mark`: firewall mark SLOT * 100 + NUMBER. */
export interface Entry {
  readonly kind: 'address' | 'mark';
  readonly number: number;
}

/** One `real_server`: 127.SLOT.POOL.NUMBER:80. */
export interface ServerSection {
  readonly number: number;
  readonly weight: number;
  readonly inhibit: boolean;
  readonly upperThreshold: number;
  readonly lowerThreshold: number;
  /** Of one kind and port there is one. */
  readonly checkers: readonly CheckerSection[];
}

export interface CheckerSection {
  readonly kind: 'TCP_CHECK' | 'HTTP_GET' | 'MISC_CHECK';
  /** Of sockets: they connect there. Of a program: an argument. */
  readonly port: number;
  readonly retry: number;
  /** Seconds, as all that follow. */
  readonly delayBeforeRetry: number;
  readonly delayLoop: number;
  readonly warmup: number;
  readonly urls: number;
}

/** Where a story takes place: stories beside each other must not meet. 1 to 99. */
export type Slot = number;

/** Of services and real servers: the same, as only NAT translates ports. */
export const serverPort = 80;

export const serverAddress = (slot: Slot, pool: number, server: number): string =>
  `127.${slot}.${pool}.${server}`;

/** Of each kind another one: who asks a web server gets an answer from one. */
export const checkedPort = ({ kind, port }: CheckerSection): number =>
  kind === 'HTTP_GET' ? port + 100 : port;

/** What a checker asks: an endpoint's address and port, or a program with its argument. */
export function subjectOf(slot: Slot, pool: number, server: number, checker: CheckerSection): string {
  const endpoint = `${serverAddress(slot, pool, server)}:${checkedPort(checker)}`;
  return checker.kind === 'MISC_CHECK' ? `/bin/backend ${endpoint}` : `${checker.kind} ${endpoint}`;
}

/** The service's name as the kernel's tools write it. */
export const serviceName = (slot: Slot, { kind, number }: Entry, protocol: 'TCP' | 'UDP'): string =>
  kind === 'mark'
    ? `fwmark ${slot * 100 + number} (IPv4)`
    : `${protocol.toLowerCase()} 10.9.${slot}.${number}:80`;
