import type { Checker, RealServer, ScriptCommand, VirtualServer } from '@holdfast/config';

/** Looks at one script. @returns it with its path; `undefined` when it cannot or must not run */
export type Vet = (what: string, command: ScriptCommand) => ScriptCommand | undefined;

/**
 * Looks at every script of the virtual servers. A MISC_CHECK that cannot run is left out, so that its server counts as
 * healthy (keepalived.conf(5) SCRIPTS: such a checker is removed); with `alpha` it stays and never succeeds, as with
 * keepalived: that server's health is not to be taken for granted. A notify or quorum script alone is left out. A virtual
 * server without scripts is the very same object.
 * @param hasUser whether there is somebody to run it: without, keepalived forgets the check, also with `alpha`
 */
export const vetPools = (
  servers: readonly VirtualServer[],
  vet: Vet,
  hasUser: HasUser,
): readonly VirtualServer[] =>
  servers.map((server) => (poolsRunScripts([server]) ? vetPool(server, vet, hasUser) : server));

type HasUser = (command: ScriptCommand) => boolean;

const vetPool = (server: VirtualServer, vet: Vet, hasUser: HasUser): VirtualServer => ({
  ...server,
  quorumUp: notify(vet, `quorum_up of ${server.key}`, server.quorumUp),
  quorumDown: notify(vet, `quorum_down of ${server.key}`, server.quorumDown),
  realServers: server.realServers.map((real) => vetRealServer(server, real, vet, hasUser)),
});

/** Whether any script of the virtual servers may run. */
export const poolsRunScripts = (servers: readonly VirtualServer[]): boolean =>
  servers.some(
    ({ quorumUp, quorumDown, realServers }) =>
      quorumUp !== undefined || quorumDown !== undefined || realServers.some(runsScripts),
  );

/** How the check is named among what was left out. */
export const miscCheckName = (server: VirtualServer, real: RealServer): string =>
  `MISC_CHECK of ${whereOf(server, real)}`;

const whereOf = (server: VirtualServer, real: RealServer): string => `${real.key} of ${server.key}`;

const runsScripts = ({ notifyUp, notifyDown, checkers }: RealServer): boolean =>
  notifyUp !== undefined ||
  notifyDown !== undefined ||
  checkers.some((checker) => checker.kind === 'MISC_CHECK' && checker.disabled !== true);

function vetRealServer(server: VirtualServer, real: RealServer, vet: Vet, hasUser: HasUser): RealServer {
  const where = whereOf(server, real);
  return {
    ...real,
    notifyUp: notify(vet, `notify_up of ${where}`, real.notifyUp),
    notifyDown: notify(vet, `notify_down of ${where}`, real.notifyDown),
    checkers: real.checkers.flatMap(
      (checker) => vetChecker(miscCheckName(server, real), checker, vet, hasUser) ?? [],
    ),
  };
}

function vetChecker(what: string, checker: Checker, vet: Vet, hasUser: HasUser): Checker | undefined {
  if (checker.kind !== 'MISC_CHECK') return checker;
  const command = vet(what, checker.command);
  if (command !== undefined) return { ...checker, command };
  return checker.pace.alpha && hasUser(checker.command) ? { ...checker, disabled: true } : undefined;
}

const notify = (vet: Vet, what: string, command: ScriptCommand | undefined): ScriptCommand | undefined =>
  command === undefined ? undefined : vet(what, command);
