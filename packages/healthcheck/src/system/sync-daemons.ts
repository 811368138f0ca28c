import type { SyncDaemonConfig } from '@holdfast/config';
import type { SyncDaemon, SyncRole } from '@holdfast/ipvs-netlink';

/**
 * keepalived.conf(5) `lvs_sync_daemon`: with an instance one daemon, in the role that it has; without one both.
 * @param role what the instance is
 */
export function wantedDaemons(config: SyncDaemonConfig | undefined, role: SyncRole): readonly SyncDaemon[] {
  if (config === undefined) return [];
  const { instance, syncId = 0, ...options } = config;
  const roles: readonly SyncRole[] = instance === undefined ? ['master', 'backup'] : [role];
  return roles.map((each) => ({ ...options, role: each, syncId }));
}

/**
 * What to do so that the wanted daemons run and those of ours that are not wanted do not. The settings of a daemon that
 * runs cannot be changed: it is started anew.
 * @param ours roles in which a daemon of ours may run
 */
export function differentDaemons(
  running: readonly SyncDaemon[],
  wanted: readonly SyncDaemon[],
  ours: ReadonlySet<SyncRole>,
): { readonly stop: readonly SyncRole[]; readonly start: readonly SyncDaemon[] } {
  const runs = new Map(running.map((daemon) => [daemon.role, daemon]));
  const start = wanted.filter((daemon) => !isSame(runs.get(daemon.role), daemon));
  const kept = new Set(wanted.map(({ role }) => role));
  return {
    start,
    stop: [
      ...[...ours].filter((role) => !kept.has(role) && runs.has(role)),
      ...start.map(({ role }) => role).filter((role) => runs.has(role)),
    ],
  };
}

/** What is not given may be as it likes. */
const isSame = (running: SyncDaemon | undefined, wanted: SyncDaemon): boolean =>
  running !== undefined &&
  running.interface === wanted.interface &&
  running.syncId === wanted.syncId &&
  optional.every((key) => wanted[key] === undefined || wanted[key] === running[key]);

const optional = ['maximumLength', 'group', 'port', 'ttl'] as const;
