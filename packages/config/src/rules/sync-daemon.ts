import { type Context, reportAt } from '../build/context.ts';
import { globalBlock } from '../build/global.ts';
import { nodeOf, nodesOf } from '../build/read.ts';
import { globalRows } from '../keywords/global-defs.ts';
import { rootRows } from '../keywords/root.ts';
import type { GlobalConfig } from '../types.ts';
import type { BuiltInstance } from './configuration.ts';

/** `lvs_sync_daemon` with an instance: that one has to exist, and its virtual router id is the sync id by default. */
export function withSyncInstance(context: Context, built: readonly BuiltInstance[]): GlobalConfig {
  const { global } = context;
  const { health } = global;
  const daemon = health?.syncDaemon;
  if (health === undefined || daemon?.instance === undefined) return global;
  const found = built.find(({ instance }) => instance.name === daemon.instance)?.instance;
  if (found !== undefined) {
    const syncId = daemon.syncId ?? found.virtualRouterId;
    return { ...global, health: { ...health, syncDaemon: { ...daemon, syncId } } };
  }
  if (isWritten(context, daemon.instance)) return global;
  reportUnknown(context, daemon.instance);
  return { ...global, health: { ...health, syncDaemon: undefined } };
}

/** It may stand in the file and not be run, because of a mistake in it or because VRRP is switched off. */
const isWritten = ({ tree }: Context, name: string): boolean =>
  tree.lostNames.has(name) ||
  nodesOf({ children: tree.nodes }, rootRows.vrrp_instance).some(
    ({ statement }) => statement.words[1]?.text === name,
  );

function reportUnknown(context: Context, name: string): void {
  const node = nodeOf(globalBlock(context.tree), globalRows.lvs_sync_daemon);
  if (node === undefined) return;
  reportAt(context, node.statement, node.subject, {
    code: 'sync-instance-undefined',
    severity: 'warning',
    message: `lvs_sync_daemon follows ${name}, and there is no vrrp_instance of that name`,
    used: 'no sync daemon',
    remedy: 'check the name, or leave the instance out: then the daemon runs in both roles',
    keepalived: 'none',
  });
}
