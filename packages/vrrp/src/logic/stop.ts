import { advertiseNow } from './advertise.ts';
import { enterInit, notification } from './enter.ts';
import { leave } from './leave.ts';
import { type Context, inOrder, type Outcome, only, type Part, unchanged } from './outcome.ts';
import type { InstanceState, NotifyState } from './types.ts';

/**
 * RFC 9568 §6.4 Shutdown: a master says priority 0 and gives its addresses back, unless `-V` forbids it. An instance
 * that a reload has removed reports FAULT, or DELETED where `notify_deleted` asks for it.
 * @param release false: `-V`, everything stays as it is
 */
export function stop(context: Context, state: InstanceState, release: boolean, deleted: boolean): Outcome {
  if (state.phase.kind === 'init' && state.phase.waitsFor !== 'scripts') return unchanged(state);
  const told = reportedState(context, state, deleted);
  return inOrder(
    context,
    state,
    release ? leave('priority-0') : keepEverything,
    enterInit('nothing'),
    only(...(told === undefined ? [] : notification(context, state, told))),
  );
}

/**
 * A planned restart: the successor finds everything as it was, and has as much time as there can be, for the last advert
 * is fresh. An instance that is no master has nothing to say.
 */
export const stay: Part = (context, state) =>
  state.phase.kind === 'master' ? advertiseNow(context, state) : unchanged(state);

const keepEverything: Part = (_context, state) => unchanged(state);

function reportedState(
  { config }: Context,
  { phase }: InstanceState,
  deleted: boolean,
): NotifyState | undefined {
  if (!deleted) return 'STOP';
  if (config.notify.reportDeleted) return 'DELETED';
  return phase.kind === 'fault' ? undefined : 'FAULT';
}
