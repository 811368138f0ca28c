import type { Config, IdleNotify, NotifyScripts, ScriptCommand, VrrpInstance } from '@holdfast/config';
import { type Accounts, identityFor } from './identity.ts';
import { type ScriptFiles, vetScript } from './security.ts';
import { poolsRunScripts, vetPools } from './vet-pools.ts';

export interface LeftOut {
  readonly what: string;
  readonly why: string;
  /** Nobody is there to run it, and keepalived minds: of a notify script it minds only the lack of a default user. */
  readonly hasNoUser?: boolean;
}

export interface Vetted {
  /** Without the scripts that cannot or must not run. */
  readonly config: Config;
  /** Scripts left out: what they are (`vrrp_script chk`), and why. */
  readonly disabled: readonly LeftOut[];
  /** Scripts that run although the security rules would forbid them, as keepalived lets them. */
  readonly tolerated: readonly { readonly what: string; readonly why: string }[];
  /** Whether any script is left that may run. */
  readonly runsScripts: boolean;
}

/**
 * Looks at every script before the first one runs: a `vrrp_script` that cannot run goes with its tracking entries, a
 * notify script alone (keepalived.conf(5) SCRIPTS).
 * @param idle scripts that nothing calls: they are looked at, too
 */
export function vetConfig(
  config: Config,
  accounts: Accounts,
  files: ScriptFiles,
  idle: readonly IdleNotify[] = [],
): Vetted {
  const disabled: LeftOut[] = [];
  const tolerated: { what: string; why: string }[] = [];
  const { enableScriptSecurity, scriptUser } = config.global;

  const userOf = ({ runAs }: ScriptCommand) => identityFor(runAs, scriptUser, enableScriptSecurity, accounts);
  const hasUser = (command: ScriptCommand): boolean => userOf(command).ok;
  const vet = (what: string, command: ScriptCommand): ScriptCommand | undefined => {
    const identity = userOf(command);
    const found = identity.ok ? vetScript(command.argv[0], identity.value, files) : identity;
    if (!found.ok) {
      // The daemon's own start and end have to have somebody, whoever it is.
      const isNotify = what.startsWith('notify') && !what.endsWith(' of global_defs');
      const isMinded = !identity.ok && !(command.runAs !== undefined && isNotify);
      disabled.push({ what, why: found.error, ...(isMinded ? { hasNoUser: true } : {}) });
      return undefined;
    }
    const { path, insecure } = found.value;
    if (insecure !== undefined && !enableScriptSecurity) tolerated.push({ what, why: insecure });
    if (insecure !== undefined && enableScriptSecurity) {
      disabled.push({ what, why: insecure });
    }
    return insecure !== undefined && enableScriptSecurity
      ? undefined
      : { ...command, argv: [path, ...command.argv.slice(1)] };
  };

  const user = scriptUser === undefined ? undefined : identityFor(scriptUser, undefined, true, accounts);
  if (user !== undefined && !user.ok)
    disabled.push({ what: 'script_user', why: user.error, hasNoUser: true });

  const vrrpScripts = config.vrrpScripts.flatMap((script) => {
    const command = vet(`vrrp_script ${script.name}`, script.command);
    return command === undefined ? [] : [{ ...script, command }];
  });
  const known = new Set(vrrpScripts.map(({ name }) => name));
  const vrrpInstances = config.vrrpInstances.map((instance) => ({
    ...instance,
    trackScripts: instance.trackScripts.filter(({ name }) => known.has(name)),
    notify: vetNotify(instance, vet),
  }));
  const virtualServers = vetPools(config.virtualServers, vet, hasUser);
  const runsScripts =
    vrrpScripts.length > 0 ||
    // One that has none is the very same object still.
    poolsRunScripts(virtualServers.filter((server, i) => server !== config.virtualServers[i])) ||
    [...vrrpInstances.map(({ notify }) => notify), ...idle.map((block) => vetNotify(block, vet))].some(
      (notify) => notifyKeys.some((key) => notify[key] !== undefined),
    );
  return {
    config: { ...config, vrrpScripts, vrrpInstances, virtualServers },
    disabled,
    tolerated,
    runsScripts,
  };
}

const notifyKeys = [
  'master',
  'backup',
  'fault',
  'stop',
  'deleted',
  'masterRxLowerPriority',
  'any',
] as const satisfies readonly (keyof NotifyScripts)[];

const keywords: Readonly<Record<(typeof notifyKeys)[number], string>> = {
  master: 'notify_master',
  backup: 'notify_backup',
  fault: 'notify_fault',
  stop: 'notify_stop',
  deleted: 'notify_deleted',
  masterRxLowerPriority: 'notify_master_rx_lower_pri',
  any: 'notify',
};

function vetNotify(
  { name, notify }: Pick<VrrpInstance, 'name' | 'notify'>,
  vet: (what: string, command: ScriptCommand) => ScriptCommand | undefined,
): NotifyScripts {
  const kept = notifyKeys.flatMap((key) => {
    const command = notify[key];
    const vetted = command === undefined ? undefined : vet(`${keywords[key]} of ${name}`, command);
    return vetted === undefined ? [] : [[key, vetted] as const];
  });
  return { reportDeleted: notify.reportDeleted, ...Object.fromEntries(kept) };
}
