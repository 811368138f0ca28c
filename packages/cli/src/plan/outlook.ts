import { type Config, type ParseResult, type Planned, withoutSecrets } from '@holdfast/config';
import { reloadPlan, reloadRefusals, withoutLeftOut } from '@holdfast/core/plan';
import { machineAccounts, machineScriptFiles, type Vetted, vetConfig } from '@holdfast/core/scripts';
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
export const outlookBetween = (names: Names, before: Config, result: ParseResult): ReloadOutlook =>
  outlook(names, before, result, { config: result.config, disabled: [] });

/** From what a daemon runs: as it would read the file, without programs that cannot or must not run on this machine. */
export function outlookOfDaemon(daemon: RunningDaemon, file: string, parsed: ParseResult): ReloadOutlook {
  const result = withoutLeftOut(parsed, { ...daemon.readAs, test: undefined });
  const vetted = vetConfig(result.config, machineAccounts, machineScriptFiles());
  const config = withoutSecrets(vetted.config);
  const names = { from: 'the running daemon', to: file };
  const told = outlook(names, daemon.config, result, { config, disabled: vetted.disabled });
  return { ...told, notes: [...told.notes, ...passwords(vetted.config, config)] };
}

/** By the very functions that the daemon's reload goes by. */
const outlook = (
  names: Names,
  before: Config,
  result: ParseResult,
  next: Pick<Vetted, 'config' | 'disabled'>,
): ReloadOutlook => ({
  ...names,
  refused: reloadRefusals(before, result, next),
  plan: reloadPlan(before, next.config),
  notes: complaints(names.to, result),
});

function complaints(file: string, { diagnostics }: ParseResult): readonly string[] {
  const count = diagnostics.filter(({ severity }) => severity !== 'note').length;
  if (count === 0) return [];
  return [`${file} has ${count} error(s) and warning(s): \`holdfast check ${file}\` tells them`];
}

const passwords = (config: Config, without: Config): readonly string[] =>
  JSON.stringify(config) === JSON.stringify(without)
    ? []
    : ['passwords are not compared: the daemon does not tell them'];
