import type { InstanceStatus, Transition, VrrpFact } from '@holdfast/vrrp';

/** What the vrrp worker told for people to see: kept by core, so that nobody has to ask the worker. */
export interface Facts {
  note(fact: Extract<VrrpFact, { kind: 'status' | 'transition' }>): void;
  status(instance: string): InstanceStatus | undefined;
  /** The last ones, newest first. */
  transitions(instance: string): readonly Transition[];
  /** What is no longer configured is forgotten. */
  keepOnly(instances: readonly string[]): void;
  /** Calls back once, when `holds` is true of the instance's status. The returned function gives up. */
  when(instance: string, holds: (status: InstanceStatus) => boolean, then: () => void): () => void;
}

/** Transitions kept of each instance. */
const mostTransitions = 20;

interface Waiter {
  readonly instance: string;
  readonly holds: (status: InstanceStatus) => boolean;
  readonly then: () => void;
}

export function factStore(): Facts {
  const statuses = new Map<string, InstanceStatus>();
  const transitions = new Map<string, readonly Transition[]>();
  const waiters = new Set<Waiter>();
  const noteStatus = (status: InstanceStatus): void => {
    statuses.set(status.name, status);
    for (const waiter of [...waiters]) {
      if (waiter.instance !== status.name || !waiter.holds(status)) continue;
      waiters.delete(waiter);
      waiter.then();
    }
  };
  return {
    note(fact) {
      if (fact.kind === 'status') return noteStatus(fact.status);
      const { transition } = fact;
      const before = transitions.get(transition.instance) ?? [];
      transitions.set(transition.instance, [transition, ...before].slice(0, mostTransitions));
    },
    status: (instance) => statuses.get(instance),
    transitions: (instance) => transitions.get(instance) ?? [],
    keepOnly(instances) {
      const kept = new Set(instances);
      for (const map of [statuses, transitions])
        for (const name of [...map.keys()]) if (!kept.has(name)) map.delete(name);
    },
    when(instance, holds, then) {
      const status = statuses.get(instance);
      if (status !== undefined && holds(status)) {
        then();
        return () => undefined;
      }
      const waiter = { instance, holds, then };
      waiters.add(waiter);
      return () => void waiters.delete(waiter);
    },
  };
}
