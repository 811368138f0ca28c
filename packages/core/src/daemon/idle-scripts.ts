import type { ParseResult } from '@holdfast/config';
import type { Accounts } from '../scripts/identity.ts';
import type { ScriptFiles } from '../scripts/security.ts';
import { type Vetted, vetConfig } from '../scripts/vet-config.ts';
import { poolsRunScripts } from '../scripts/vet-pools.ts';

/** For the status of `-t`: keepalived looks at every script that is defined, whether anything calls it or not. */
export function withIdleScripts(
  vetted: Vetted,
  {
    config,
    idleScripts,
    idleNotify,
    diagnostics,
  }: Pick<ParseResult, 'config' | 'idleScripts' | 'idleNotify' | 'diagnostics'>,
  accounts: Accounts,
  files: ScriptFiles,
): Vetted {
  // Nor does it where it ends before: without the namespace of the whole configuration.
  if (diagnostics.some(({ code }) => code === 'namespace-missing'))
    return { ...vetted, disabled: [], runsScripts: false };
  // Without one of the interfaces keepalived does not come to look at scripts, but for those of pools.
  if (diagnostics.some(({ code, keepalived }) => code === 'interface-missing' && keepalived === 'reported'))
    return { ...vetted, runsScripts: poolsRunScripts(vetted.config.virtualServers) };
  const onlyScripts = { ...config, vrrpScripts: idleScripts, vrrpInstances: [], virtualServers: [] };
  const idle = vetConfig(onlyScripts, accounts, files, idleNotify);
  return {
    ...vetted,
    disabled: [...vetted.disabled, ...idle.disabled],
    runsScripts: vetted.runsScripts || idle.runsScripts,
  };
}
