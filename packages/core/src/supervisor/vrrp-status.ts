import type { CauseKind, FaultCause, InstanceStatus, TrackedStatus } from '@holdfast/vrrp';
import * as z from 'zod';
import { addressOf, microsOf, orUndefined } from './contract-parts.ts';

const phase = z.enum(['init', 'backup', 'master', 'fault']);
const count = z.int().nonnegative();

const fault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('interface-down'), interface: z.string() }),
  z.object({ kind: z.literal('interface-missing'), interface: z.string() }),
  z.object({ kind: z.literal('no-source-address'), interface: z.string() }),
  z.object({ kind: z.literal('script-failed'), script: z.string() }),
]);

const causeKind = z.enum([
  'started',
  'resumed',
  'master-silent',
  'master-left',
  'lower-priority-master',
  'higher-priority-heard',
  'same-priority-heard',
  'fault',
  'fault-over',
  'scripts-decided',
  'address-keeps-vanishing',
  'handed-over',
  'handover-unanswered',
  'stopped',
]);
const trackedKind = z.enum(['script', 'interface']);

/** What a vrrp worker tells of an instance for people to see. */
export const instanceStatus = z.object({
  name: z.string(),
  phase,
  enteredAt: microsOf,
  priority: z.int(),
  handedOver: z.boolean(),
  masterAdvertInterval: microsOf,
  source: orUndefined(addressOf),
  master: orUndefined(z.object({ address: addressOf, priority: z.int() })),
  faults: z.array(fault),
  tracked: z.array(
    z.object({
      kind: trackedKind,
      name: z.string(),
      weight: z.int(),
      reverse: z.boolean(),
      condition: z.enum(['good', 'bad', 'undecided']),
    }),
  ),
});

export const transition = z.object({
  instance: z.string(),
  at: microsOf,
  from: phase,
  to: phase,
  cause: z.object({
    kind: causeKind,
    text: z.string(),
  }),
});

export const instanceStatistics = z.object({
  name: z.string(),
  masterHeardAt: orUndefined(microsOf),
  lastAdvertAt: orUndefined(microsOf),
  masterDownAt: orUndefined(microsOf),
  preemptAt: orUndefined(microsOf),
  counters: z.object({
    advertsReceived: count,
    advertsSent: count,
    becameMaster: count,
    releasedMaster: count,
    priorityZeroReceived: count,
    priorityZeroSent: count,
  }),
  drops: z.record(z.string(), count),
});

/** Does not compile where a worker may say a word that is not understood here: a whole turn of its would be lost. */
export type Understood = [
  Covered<FaultCause['kind'], z.output<typeof fault>['kind']>,
  Covered<CauseKind, z.output<typeof causeKind>>,
  Covered<TrackedStatus['kind'], z.output<typeof trackedKind>>,
  Covered<InstanceStatus['phase'], z.output<typeof phase>>,
];
type Covered<Said extends Known, Known> = Said;
