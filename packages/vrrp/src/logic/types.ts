import type { VirtualAddress, VrrpInstance } from '@holdfast/config';
import type { IpAddress, Micros } from '@holdfast/kit';

export type InstanceName = string;

/** Why an instance cannot take part. Each is named in the log and in the status. */
export type FaultCause =
  | { readonly kind: 'interface-down'; readonly interface: string }
  | { readonly kind: 'interface-missing'; readonly interface: string }
  | { readonly kind: 'no-source-address'; readonly interface: string }
  | { readonly kind: 'script-failed'; readonly script: string };

/** What of the world outside counts for one instance; the shell (or the simulator) keeps it up to date. */
export interface Surroundings {
  /** Empty: the instance may take part. */
  readonly faults: readonly FaultCause[];
  /** Sum of the weights in force, before clamping the priority to 1..254. */
  readonly weight: number;
  /** A weight-0 script has not run yet: neither FAULT nor taking part (INIT). */
  readonly undecided: boolean;
  /** The address that adverts are sent from, the interface's primary one unless configured. */
  readonly source: IpAddress | undefined;
}

/** One virtual router's state (RFC 9568 §6.3 with keepalived's FAULT). Each carries exactly its own deadlines. */
export type InstanceState = {
  readonly surroundings: Surroundings;
  readonly counters: InstanceCounters;
  /** The master last heard: its address and priority, and when. */
  readonly master:
    | { readonly address: IpAddress; readonly priority: number; readonly heardAt: Micros }
    | undefined;
  /** The interval in use: our own, or (v3) the one learnt from the master (RFC 9568 §6.1). */
  readonly masterAdvertInterval: Micros;
  /** That interval is a master's: another own one in the file does not touch it. */
  readonly intervalLearnt: boolean;
  /** When our last advert went out, and when the present phase was entered. */
  readonly lastAdvertAt: Micros | undefined;
  readonly enteredAt: Micros;
  /** `vrrp_startup_delay`: until here adverts are thrown away and nobody becomes master. */
  readonly quietUntil: Micros | undefined;
  /** An address owner that yielded to another one counts as 254 (conformance V-MA-16). */
  readonly yieldsOwnership: boolean;
  /** An operator wants other routers to serve: the priority counts as 1 until it is taken back. */
  readonly handedOver: boolean;
  readonly phase: Phase;
};

export type Phase =
  /** Before the start, while a tracked script is undecided, and after the stop. */
  | { readonly kind: 'init'; readonly waitsFor: 'start' | 'scripts' | 'nothing' }
  | {
      readonly kind: 'backup';
      readonly masterDownAt: Micros;
      /** `preempt_delay` runs until here; unset while no lower priority was heard. */
      readonly preemptAt: Micros | undefined;
      /** Who said goodbye, while nobody was heard since. */
      readonly goodbyeFrom?: IpAddress;
    }
  | {
      readonly kind: 'master';
      readonly advertAt: Micros;
      /** The second block of gratuitous ARPs, the one after a lower-priority advert, and the refresh. */
      readonly garps: readonly GarpRound[];
      /** Addresses that somebody else deleted lately, each time. */
      readonly losses: readonly AddressLoss[];
      /** Another address owner is heard. */
      readonly contest: OwnerContest | undefined;
    }
  | { readonly kind: 'fault'; readonly causes: readonly FaultCause[] };

/** A block of gratuitous ARPs to come. There is at most one of each reason. */
export interface GarpRound {
  readonly reason: 'second-block' | 'lower-priority' | 'refresh';
  readonly at: Micros;
  readonly repeat: number;
  /** Comes again after this; undefined: once. */
  readonly every: Micros | undefined;
}

export interface AddressLoss {
  readonly at: Micros;
  readonly address: IpAddress;
}

/** Two address owners: how long the one with the higher address still waits for the other one to yield. */
export interface OwnerContest {
  readonly heardAt: Micros;
  /** Own adverts still to send before the patience begins to run. */
  readonly advertsLeft: number;
  readonly patienceEndsAt: Micros | undefined;
  readonly otherInterval: Micros;
}

/** keepalived's names of the counters (its statistics file and JSON), and ours for the rest. */
export interface InstanceCounters {
  readonly advertsReceived: number;
  readonly advertsSent: number;
  readonly becameMaster: number;
  readonly releasedMaster: number;
  readonly priorityZeroReceived: number;
  readonly priorityZeroSent: number;
}

/** A valid advertisement, after every check of the receive path. */
export interface HeardAdvert {
  readonly source: IpAddress;
  readonly priority: number;
  /** v2: our own interval; v3: what the sender announced. */
  readonly advertInterval: Micros;
}

export type InstanceEvent =
  /** The first event. `saved`: what a predecessor that died had reported. `quietUntil`: end of the startup delay. */
  | {
      readonly kind: 'start';
      readonly saved: SavedInstance | undefined;
      readonly quietUntil?: Micros;
      readonly handedOver?: boolean;
    }
  /** The time `nextDeadline` named has come. */
  | { readonly kind: 'deadline' }
  | { readonly kind: 'advert'; readonly advert: HeardAdvert }
  | { readonly kind: 'surroundings'; readonly surroundings: Surroundings }
  /** The kernel did not take an address. */
  | { readonly kind: 'address-failed'; readonly address: VirtualAddress; readonly error: string }
  /** Somebody else deleted an address that we hold. */
  | { readonly kind: 'address-lost'; readonly address: VirtualAddress }
  /** An operator gives the mastership up for a while, or takes it back. */
  | { readonly kind: 'handover'; readonly on: boolean }
  /** `config` is the new one; `previous` the one before. */
  | { readonly kind: 'reload'; readonly previous: VrrpInstance }
  /** `staying`: a successor goes on with it. */
  | {
      readonly kind: 'stop';
      readonly release: boolean;
      readonly deleted: boolean;
      readonly staying?: boolean;
    };

export type Effect =
  /** Priority 0 says goodbye. The shell fills in addresses, source, authentication and checksum. */
  | { readonly kind: 'send-advert'; readonly priority: number }
  | { readonly kind: 'add-addresses'; readonly addresses: readonly VirtualAddress[] }
  | { readonly kind: 'remove-addresses'; readonly addresses: readonly VirtualAddress[] }
  /** A gratuitous ARP for each address, the whole list `repeat` times. */
  | { readonly kind: 'announce'; readonly addresses: readonly VirtualAddress[]; readonly repeat: number }
  | { readonly kind: 'notify'; readonly state: NotifyState; readonly priority: number }
  | { readonly kind: 'notify-lower-priority'; readonly priority: number }
  | { readonly kind: 'log'; readonly record: VrrpLogRecord };

export type NotifyState = 'MASTER' | 'BACKUP' | 'FAULT' | 'STOP' | 'DELETED';

/** What core keeps of an instance for the case that the worker dies: enough to resume, and to withdraw without it. */
export interface SavedInstance {
  readonly name: InstanceName;
  readonly phase: Phase['kind'];
  readonly lastAdvertAt: Micros | undefined;
  readonly masterAdvertInterval: Micros;
  /** Resuming as master is allowed until `lastAdvertAt` + half of this (the smallest anyone may be using). */
  readonly masterDownInterval: Micros;
  readonly addresses: readonly VirtualAddress[];
  /** An operator's handover was carried out. */
  readonly handedOver?: boolean | undefined;
  /** The results of the scripts it tracks, so that a resumed worker need not wait for them. */
  readonly scripts: readonly SavedScript[];
}

export interface SavedScript {
  readonly name: string;
  readonly verdict: 'good' | 'bad';
  /** Results in a row against the verdict. */
  readonly streak: number;
}

/** A line of the log: an id with typed fields. The sentences stand in `messages.ts`. */
export interface VrrpLogRecord {
  readonly id: string;
  readonly level: 'debug' | 'info' | 'notice' | 'warning' | 'error';
  /** Only with -D. */
  readonly detail?: boolean;
  readonly text: string;
  /** What the sentence is about, for machines. */
  readonly fields?: Readonly<Record<string, string | number>>;
}
