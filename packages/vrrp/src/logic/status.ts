import type { TrackEntry, VrrpInstance } from '@holdfast/config';
import type { IpAddress, Micros } from '@holdfast/kit';
import type { TransitionCause } from './cause.ts';
import type { DropReason } from './drop-reason.ts';
import { effectivePriority } from './priority.ts';
import type { Facts } from './surroundings.ts';
import type { FaultCause, InstanceCounters, InstanceName, InstanceState, Phase } from './types.ts';

/** What an operator is shown of an instance, as far as it does not change with every packet. Plain data. */
export interface InstanceStatus {
  readonly name: InstanceName;
  readonly phase: Phase['kind'];
  readonly enteredAt: Micros;
  /** The priority in force. */
  readonly priority: number;
  readonly handedOver: boolean;
  /** The interval in use: our own, or a version 3 master's. */
  readonly masterAdvertInterval: Micros;
  /** The address that adverts are sent from. */
  readonly source: IpAddress | undefined;
  /** The master last heard; when is a matter of statistics. */
  readonly master: { readonly address: IpAddress; readonly priority: number } | undefined;
  readonly faults: readonly FaultCause[];
  readonly tracked: readonly TrackedStatus[];
}

export interface TrackedStatus {
  readonly kind: 'script' | 'interface';
  readonly name: string;
  readonly weight: number;
  readonly reverse: boolean;
  readonly condition: 'good' | 'bad' | 'undecided';
}

/** An instance went from one state to another. */
export interface Transition {
  readonly instance: InstanceName;
  readonly at: Micros;
  readonly from: Phase['kind'];
  readonly to: Phase['kind'];
  readonly cause: TransitionCause;
}

/** What changes with every packet: told when it is asked for. */
export interface InstanceStatistics {
  readonly name: InstanceName;
  readonly masterHeardAt: Micros | undefined;
  readonly lastAdvertAt: Micros | undefined;
  /** When a backup takes over unless it hears something. */
  readonly masterDownAt: Micros | undefined;
  /** `preempt_delay` runs until here. */
  readonly preemptAt: Micros | undefined;
  readonly counters: InstanceCounters;
  /** Dropped packets by reason. */
  readonly drops: Readonly<Record<string, number>>;
}

/** @param facts what is known of the machine */
export function instanceStatus(
  config: VrrpInstance,
  state: InstanceState,
  facts: Pick<Facts, 'interface' | 'script'>,
): InstanceStatus {
  const tracked = (kind: TrackedStatus['kind'], { name, weight, reverse }: TrackEntry): TrackedStatus => {
    const link = (): TrackedStatus['condition'] => (facts.interface(name) === 'up' ? 'good' : 'bad');
    const condition = kind === 'script' ? facts.script(name) : link();
    return { kind, name, weight, reverse, condition };
  };
  return {
    name: config.name,
    phase: state.phase.kind,
    enteredAt: state.enteredAt,
    priority: effectivePriority(config, state),
    handedOver: state.handedOver,
    masterAdvertInterval: state.masterAdvertInterval,
    source: state.surroundings.source,
    master: state.master && { address: state.master.address, priority: state.master.priority },
    faults: state.surroundings.faults,
    tracked: [
      ...config.trackScripts.map((entry) => tracked('script', entry)),
      ...config.trackInterfaces.map((entry) => tracked('interface', entry)),
    ],
  };
}

/** Whether a step may have changed what is shown: cheap, for it is asked at every packet. */
export function looksDifferent(before: InstanceState, after: InstanceState): boolean {
  return (
    before.phase.kind !== after.phase.kind ||
    before.surroundings !== after.surroundings ||
    before.handedOver !== after.handedOver ||
    before.yieldsOwnership !== after.yieldsOwnership ||
    before.masterAdvertInterval !== after.masterAdvertInterval ||
    before.master?.address !== after.master?.address ||
    before.master?.priority !== after.master?.priority
  );
}

/** An instance at work with what it has counted. */
interface Counted {
  readonly config: Pick<VrrpInstance, 'name'>;
  readonly state: InstanceState;
  readonly drops: ReadonlyMap<DropReason, number>;
}

export function instanceStatistics({ config, state, drops }: Counted): InstanceStatistics {
  const { phase } = state;
  return {
    name: config.name,
    masterHeardAt: state.master?.heardAt,
    lastAdvertAt: state.lastAdvertAt,
    masterDownAt: phase.kind === 'backup' ? phase.masterDownAt : undefined,
    preemptAt: phase.kind === 'backup' ? phase.preemptAt : undefined,
    counters: state.counters,
    drops: Object.fromEntries(drops),
  };
}
