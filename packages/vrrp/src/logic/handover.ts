import { advertiseNow } from './advertise.ts';
import { logPriority, shiftTimer } from './change.ts';
import { enterBackup } from './enter.ts';
import { leave } from './leave.ts';
import { messages } from './messages.ts';
import { type Context, inOrder, type Outcome, only, type Part, unchanged } from './outcome.ts';
import type { InstanceState } from './types.ts';

/**
 * Maintenance without stopping. Handing over says priority 0 and listens with priority 1, the least there is: any other
 * router goes first, and only where none answers for a Master_Down_Interval this one serves again, until another one is
 * heard. Taking back is a change of priority like any other: whether it preempts is said by the configuration.
 */
export function handover(context: Context, before: InstanceState, on: boolean): Outcome {
  if (before.handedOver === on) return unchanged(before);
  const state = { ...before, handedOver: on };
  const { config } = context;
  const waits = config.nopreempt && before.phase.kind === 'backup';
  const record = on ? messages.handedOver(config.name) : messages.takenBack(config.name, waits);
  return inOrder(
    context,
    state,
    only({ kind: 'log', record }),
    logPriority(before),
    ...consequences(before, on),
  );
}

function consequences(before: InstanceState, on: boolean): readonly Part[] {
  switch (before.phase.kind) {
    case 'master':
      return on ? [leave('priority-0'), enterBackup()] : [advertiseNow];
    case 'backup':
      return [shiftTimer(before)];
    default:
      return [];
  }
}
