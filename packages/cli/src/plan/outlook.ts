import type { Config, ParseResult, Planned } from '@holdfast/config';
import { diagnosticLine, reloadVerdict } from '@holdfast/config';
import { lostScripts, reloadPlan } from '@holdfast/core/plan';
import { machineAccounts, machineScriptFiles, vetConfig } from '@holdfast/core/scripts';

/** What a reload would do, for people and programs. */
export interface ReloadOutlook {
  /** The two files, or the daemon and a file. */
  readonly from: string;
  readonly to: string;
  /** Why it would be refused, one line each; empty: it is taken. */
  readonly refused: readonly string[];
  readonly plan: readonly Planned[];
  /** What cannot be told, or is worth a look. */
  readonly notes: readonly string[];
}

/**
 * A reload from one configuration to what was read.
 * @param scripts `vetted`: scripts that cannot run on this machine are left out of the new one, as the daemon does
 */
export function reloadOutlook(
  names: Pick<ReloadOutlook, 'from' | 'to'>,
  before: Config,
  result: ParseResult,
  scripts: 'vetted' | 'as-written',
): ReloadOutlook {
  const vetted =
    scripts === 'vetted' ? vetConfig(result.config, machineAccounts, machineScriptFiles()) : undefined;
  const config = vetted?.config ?? result.config;
  const verdict = reloadVerdict(before, { ...result, config });
  const complaints = result.diagnostics.filter(({ severity }) => severity !== 'note').length;
  return {
    ...names,
    refused: [
      ...(verdict.ok ? [] : verdict.reasons.map(diagnosticLine)),
      ...(vetted === undefined ? [] : lostScripts(before, vetted)),
    ],
    plan: reloadPlan(before, config),
    notes:
      complaints === 0
        ? []
        : [
            `${names.to} has ${complaints} error(s) and warning(s): \`holdfast check ${names.to}\` tells them`,
          ],
  };
}
