import type { ParseResult } from '@holdfast/config';
import type { Accounts } from '../scripts/identity.ts';
import type { ScriptFiles } from '../scripts/security.ts';
import { type Vetted, vetConfig } from '../scripts/vet-config.ts';

/** For the status of `-t`: keepalived looks at every script that is defined, whether anything tracks it or not. */
export function withIdleScripts(
  vetted: Vetted,
  { config, idleScripts, diagnostics }: Pick<ParseResult, 'config' | 'idleScripts' | 'diagnostics'>,
  accounts: Accounts,
  files: ScriptFiles,
): Vetted {
  // Nor does it where it ends before: without the namespace of the whole configuration.
  if (diagnostics.some(({ code }) => code === 'namespace-missing'))
    return { ...vetted, disabled: [], runsScripts: false };
  // Without one of the interfaces keepalived does not come to look at scripts.
  if (diagnostics.some(({ code }) => code === 'interface-missing')) return vetted;
  const onlyScripts = { ...config, vrrpScripts: idleScripts, vrrpInstances: [], virtualServers: [] };
  const idle = vetConfig(onlyScripts, accounts, files);
  return {
    ...vetted,
    disabled: [...vetted.disabled, ...idle.disabled],
    runsScripts: vetted.runsScripts || idle.runsScripts,
  };
}
