import { type Diagnostic, exitCodeOf, parseConfig } from '@holdfast/config';
import { withIdleScripts } from '../../packages/core/src/daemon/idle-scripts.ts';
import { testStatus } from '../../packages/core/src/daemon/test-status.ts';
import { machineAccounts } from '../../packages/core/src/scripts/accounts.ts';
import { rememberedAccounts } from '../../packages/core/src/scripts/remembered-accounts.ts';
import { machineScriptFiles } from '../../packages/core/src/scripts/script-files.ts';
import { vetConfig } from '../../packages/core/src/scripts/vet-config.ts';
import type { CaseFolder } from './case-folder.ts';
import { configId, interfaces } from './site.ts';

export interface OurVerdict {
  /** The exit status of `-t`. */
  readonly exit: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly milliseconds: number;
}

/** What `holdfastd -t` says of a case, in this process. */
export function ourVerdict({ folder, path }: CaseFolder): OurVerdict {
  const start = performance.now();
  const result = parseConfig({
    path,
    directory: folder,
    configId,
    interfaces,
    environment: process.env,
  });
  const scriptFiles = machineScriptFiles();
  const vetted = vetConfig(result.config, accounts, scriptFiles);
  const exit = testStatus(
    exitCodeOf(result.diagnostics),
    withIdleScripts(vetted, result, accounts, scriptFiles),
  );
  return { exit, diagnostics: result.diagnostics, milliseconds: performance.now() - start };
}

const accounts = rememberedAccounts(machineAccounts);
