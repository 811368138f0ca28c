import type { TrackEntry, VrrpInstance } from '@holdfast/config';
import type { Finding, PairNode } from './pair-node.ts';
import type { RouterSet } from './router-sets.ts';

interface Router {
  readonly name: string;
  readonly instance: VrrpInstance;
  /** With everything in order. */
  readonly priority: number;
}

/**
 * What the weights of the preferred router decide: whether the next one takes over when one of its scripts or interfaces
 * fails, while everything is in order there.
 */
export function weightFindings(
  nodes: readonly PairNode[],
  { about, members }: RouterSet,
): readonly Finding[] {
  const [first, second] = nodes
    .flatMap(({ name }, i): Router[] => {
      const instance = members[i];
      return instance === undefined ? [] : [{ name, instance, priority: priorityOf(instance, new Set()) }];
    })
    .toSorted((a, b) => b.priority - a.priority);
  if (first === undefined || second === undefined || first.priority === 255) return [];
  const weighted = trackedOf(first.instance).filter(({ weight }) => weight !== 0);
  const together = priorityOf(first.instance, new Set(weighted));
  return weighted.map((entry) => ({ about, ...judge(first, second, entry, together) }));
}

function judge(first: Router, second: Router, entry: TrackEntry, together: number): Omit<Finding, 'about'> {
  const after = priorityOf(first.instance, new Set([entry]));
  const falls = `when ${entry.name} fails on ${first.name} its priority goes from ${first.priority} to ${after}`;
  const needed = first.priority - second.priority + 1;
  if (after > second.priority) {
    const others = together < second.priority ? '; only with others failing, too, somebody does' : '';
    return {
      code: 'pair-weight-too-small',
      severity: 'warning',
      message: `${falls}, above the ${second.priority} of ${second.name}: nobody takes over${others}`,
      remedy: `a weight of ${needed} or more, in whichever direction, would do; or weight 0, with which a failure means FAULT`,
    };
  }
  if (second.instance.nopreempt)
    return {
      code: 'pair-weight-without-preemption',
      severity: 'warning',
      message: `${falls}, but ${second.name} has nopreempt: it does not take over from a master that still advertises`,
      remedy: `weight 0, with which a failure means FAULT, or no nopreempt on ${second.name}`,
    };
  if (after === second.priority)
    return {
      code: 'pair-weight-tie',
      severity: 'warning',
      message: `${falls}, just that of ${second.name}: a master keeps the address unless the other address is higher`,
      remedy: `write a weight of ${needed} or more, in whichever direction`,
    };
  return {
    code: 'pair-weight-decides',
    severity: 'note',
    message: `${falls}, below the ${second.priority} of ${second.name}, which takes over`,
    remedy: 'nothing is to do if this is meant',
  };
}

const trackedOf = ({ trackScripts, trackInterfaces }: VrrpInstance): readonly TrackEntry[] => [
  ...trackScripts,
  ...trackInterfaces,
];

/** As keepalived.conf(5) has it under `weight`: 255 is the address owner and stays, others keep within 1 to 254. */
function priorityOf(instance: VrrpInstance, failed: ReadonlySet<TrackEntry>): number {
  if (instance.priority === 255) return 255;
  const change = trackedOf(instance).reduce(
    (total, entry) => total + contribution(entry, failed.has(entry)),
    0,
  );
  return Math.max(1, Math.min(254, instance.priority + change));
}

function contribution({ weight, reverse }: TrackEntry, hasFailed: boolean): number {
  const countsAsGood = hasFailed === reverse;
  return weight > 0 === countsAsGood ? weight : 0;
}
