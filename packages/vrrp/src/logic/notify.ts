import type { ScriptCommand, VrrpInstance } from '@holdfast/config';
import { unreachable } from '@holdfast/kit';
import type { NotifyState } from './types.ts';

/** A program to start, with what is appended to its arguments. */
export interface NotifyRun {
  readonly command: ScriptCommand;
  readonly extra: readonly string[];
}

/**
 * keepalived.conf(5): first the script of the state, with nothing appended, then `notify` with
 * `INSTANCE NAME STATE PRIORITY`.
 */
export function notifyRuns(config: VrrpInstance, state: NotifyState, priority: number): readonly NotifyRun[] {
  const own = scriptOf(config, state);
  const { any } = config.notify;
  return [
    ...(own === undefined ? [] : [{ command: own, extra: [] }]),
    ...(any === undefined
      ? []
      : [{ command: any, extra: ['INSTANCE', config.name, state, String(priority)] }]),
  ];
}

function scriptOf({ notify }: VrrpInstance, state: NotifyState): ScriptCommand | undefined {
  switch (state) {
    case 'MASTER':
      return notify.master;
    case 'BACKUP':
      return notify.backup;
    case 'FAULT':
      return notify.fault;
    case 'STOP':
      return notify.stop;
    case 'DELETED':
      return notify.deleted;
    default:
      return unreachable(state);
  }
}
