import type { Config } from '@holdfast/config';
import type { Micros } from '@holdfast/kit';
import type { RouteNetlink } from '@holdfast/netlink';
import type { SavedInstance } from '@holdfast/vrrp';
import type { Logger } from '../log/logger.ts';
import type { Orders, RestartDecision } from '../restart/decision.ts';
import { prepareToLeave } from '../restart/leave.ts';
import { limitAddresses, renewAddresses } from '../restart/lifetimes.ts';
import { restartMessages as say } from '../restart/messages.ts';
import { writeRestartNote } from '../restart/note.ts';
import type { HealthcheckSupervisor } from '../supervisor/healthcheck-supervisor.ts';
import type { VrrpSupervisor } from '../supervisor/vrrp-ports.ts';
import { presentPlace } from '../system/held-addresses.ts';
import type { ReadConfiguration } from './configuration.ts';
import type { PidFiles } from './pid-files.ts';

/** What a restart needs of the daemon that is ending, or of the one that has begun. */
export interface Restarting {
  readonly logger: Logger;
  readonly netlink: RouteNetlink;
  readonly read: ReadConfiguration;
  readonly pidFiles: Pick<PidFiles, 'restartNote'>;
  readonly supervisor: Pick<VrrpSupervisor, 'saved'>;
  readonly healthcheck: Pick<HealthcheckSupervisor, 'saved'>;
  readonly desk: Orders;
  readonly config: Config;
  /** Of the configuration in force. */
  readonly fingerprint: string;
  readonly inherited: RestartDecision;
}

/** The addresses of masters that have gone on were limited by the daemon before: for this one they stay. */
export async function renewInherited(daemon: Restarting): Promise<void> {
  const before = new Set(daemon.inherited.instances.map(({ name }) => name));
  const masters = daemon.supervisor.saved.filter(({ name, phase }) => phase === 'master' && before.has(name));
  if (masters.length === 0) return;
  const renewed = await renewAddresses(daemon.netlink, masters, ownersOf(daemon.config));
  if (!renewed.ok) daemon.logger.log(say.renewFailed(renewed.error));
}

/** @returns the instances that the next start goes on with; undefined: it has to be an ordinary stop */
export function prepareRestart(daemon: Restarting): Promise<readonly SavedInstance[] | undefined> {
  const { read, fingerprint, supervisor, netlink, logger } = daemon;
  return prepareToLeave({
    read,
    inForce: fingerprint,
    saved: () => supervisor.saved,
    limit: (masters) => limitAddresses(netlink, masters, ownersOf(daemon.config)),
    log: (record) => logger.log(record),
  });
}

/**
 * After the workers have ended.
 * @param staying those that the next start goes on with
 * @returns masters for which nobody speaks any more, because the note could not be written; undefined: it was
 */
export function leaveNote(
  daemon: Restarting,
  staying: readonly SavedInstance[],
  now: Micros,
): readonly SavedInstance[] | undefined {
  const names = new Set(staying.map(({ name }) => name));
  const instances = daemon.supervisor.saved.filter(({ name }) => names.has(name));
  const written = writeRestartNote(daemon.pidFiles.restartNote, {
    place: presentPlace(),
    configuration: daemon.fingerprint,
    leftAt: now,
    instances,
    pools: daemon.healthcheck.saved,
    orders: { handedOver: daemon.desk.handedOver, wishes: daemon.desk.wishes },
  });
  if (written.ok) return undefined;
  daemon.logger.log(say.unnoted(written.error));
  return instances.filter(({ phase }) => phase === 'master');
}

const ownersOf = ({ vrrpInstances }: Config): ReadonlySet<string> =>
  new Set(vrrpInstances.filter(({ priority }) => priority === 255).map(({ name }) => name));
