import {
  type Config,
  diagnosticLine,
  type ParseResult,
  type Planned,
  reloadVerdict,
  withoutSecrets,
} from '@holdfast/config';
import { lostScripts, reloadPlan, withoutLeftOut } from '@holdfast/core/plan';
import { machineAccounts, machineScriptFiles, vetConfig } from '@holdfast/core/scripts';
import type { RunningDaemon } from './running.ts';

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

type Names = Pick<ReloadOutlook, 'from' | 'to'>;

/** Between two files of any machine: programs that they name are taken as they are written. */
export function outlookBetween(names: Names, before: Config, result: ParseResult): ReloadOutlook {
  const verdict = reloadVerdict(before, result);
  return {
    ...names,
    refused: verdict.ok ? [] : verdict.reasons.map(diagnosticLine),
    plan: reloadPlan(before, result.config),
    notes: complaints(names.to, result),
  };
}

/** From what a daemon runs: as it would read the file, without programs that cannot or must not run on this machine. */
export function outlookOfDaemon(daemon: RunningDaemon, file: string, parsed: ParseResult): ReloadOutlook {
  const result = withoutLeftOut(parsed, { ...daemon.readAs, test: undefined });
  const vetted = vetConfig(result.config, machineAccounts, machineScriptFiles());
  const config = withoutSecrets(vetted.config);
  const outlook = outlookBetween({ from: 'the running daemon', to: file }, daemon.config, {
    ...result,
    config,
  });
  return {
    ...outlook,
    refused: [...outlook.refused, ...lostScripts(daemon.config, vetted)],
    notes: [...outlook.notes, ...passwords(vetted.config, config)],
  };
}

function complaints(file: string, { diagnostics }: ParseResult): readonly string[] {
  const count = diagnostics.filter(({ severity }) => severity !== 'note').length;
  if (count === 0) return [];
  return [`${file} has ${count} error(s) and warning(s): \`holdfast check ${file}\` tells them`];
}

const passwords = (config: Config, without: Config): readonly string[] =>
  JSON.stringify(config) === JSON.stringify(without)
    ? []
    : ['passwords are not compared: the daemon does not tell them'];
