import type { ScriptArgument } from '../arguments/script.ts';
import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import type { ScriptCommand } from '../script-command.ts';
import type { NotifyScripts } from '../types.ts';
import { type BlockContent, isGiven, readValue } from './read.ts';

/** The `notify_*` keywords of an instance. */
export function buildNotify(block: BlockContent): NotifyScripts {
  const deleted = readValue(block, rows.notify_deleted);
  const commands = {
    master: command(readValue(block, rows.notify_master)),
    backup: command(readValue(block, rows.notify_backup)),
    fault: command(readValue(block, rows.notify_fault)),
    stop: command(readValue(block, rows.notify_stop)),
    deleted: deleted === 'bare' ? undefined : command(deleted),
    masterRxLowerPriority: command(readValue(block, rows.notify_master_rx_lower_pri)),
    any: command(readValue(block, rows.notify)),
  };
  return { ...withoutUndefined(commands), reportDeleted: isGiven(block, rows.notify_deleted) };
}

const command = (argument: ScriptArgument | undefined): ScriptCommand | undefined =>
  argument === undefined ? undefined : { argv: argument.argv, runAs: argument.user };

function withoutUndefined<T extends Readonly<Record<string, unknown>>>(
  values: T,
): { [K in keyof T]?: Exclude<T[K], undefined> };
function withoutUndefined(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
