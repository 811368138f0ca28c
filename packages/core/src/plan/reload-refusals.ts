import { type Config, diagnosticLine, type ParseResult, reloadVerdict, startVerdict } from '@holdfast/config';
import type { Vetted } from '../scripts/vet-config.ts';
import { lostScripts } from './lost-scripts.ts';

/**
 * Why a daemon that runs `running` would keep it, one line each; empty: the reload is made.
 * @param result what reading the file gave
 * @param vetted the same without programs that cannot or must not run
 */
export function reloadRefusals(
  running: Config,
  result: ParseResult,
  vetted: Pick<Vetted, 'config' | 'disabled'>,
): readonly string[] {
  const reload = reloadVerdict(running, { ...result, config: vetted.config });
  const start = startVerdict(result.diagnostics);
  const reasons = reload.ok ? (start.ok ? [] : start.reasons) : reload.reasons;
  return [...reasons.map(diagnosticLine), ...lostScripts(running, vetted)];
}
