import { formatDiagnostic, type Paint, type ParseResult } from '@holdfast/config';

export interface CheckReport {
  readonly text: string;
  /** 0: fine, 1: warnings, 2: errors. Notes do not count. */
  readonly status: 0 | 1 | 2;
}

/** What `holdfast check` says about one configuration. */
export function checkReport(path: string, result: ParseResult, paint: Paint): CheckReport {
  const count = (severity: string): number =>
    result.diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const counts = { error: count('error'), warning: count('warning'), note: count('note') };
  const blocks = result.diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, paint));
  return {
    text: [...blocks, ...ineffective(result, paint), summary(path, result, counts)].join('\n'),
    status: counts.error > 0 ? 2 : counts.warning > 0 ? 1 : 0,
  };
}

function ineffective({ notInEffect }: ParseResult, paint: Paint): string[] {
  if (notInEffect.length === 0) return [];
  const names = notInEffect.map(({ block, keyword }) => (block === '' ? keyword : `${keyword} (${block})`));
  return [paint.quiet(`accepted, not in effect yet: ${names.join(', ')}`)];
}

function summary(
  path: string,
  { config, diagnostics }: ParseResult,
  counts: Readonly<Record<'error' | 'warning' | 'note', number>>,
): string {
  const found = Object.entries(counts)
    .filter(([, number]) => number > 0)
    .map(([severity, number]) => `${number} ${severity}${number === 1 ? '' : 's'}`);
  const verdict = diagnostics.some(({ fatal }) => fatal) ? '; the daemon does not start with it' : '';
  const objects = `${config.vrrpInstances.length} instance(s), ${config.virtualServers.length} virtual server(s)`;
  return `${path}: ${found.length === 0 ? 'no complaints' : found.join(', ')}; ${objects}${verdict}`;
}
