import type { Paint } from '@holdfast/config';
import type { Finding } from './finding.ts';

/** 0: nothing, 1: warnings, 2: errors, as `holdfast check`. Notes do not count. */
export type Status = 0 | 1 | 2;

export const statusOf = (findings: readonly Finding[]): Status =>
  findings.some(({ severity }) => severity === 'error')
    ? 2
    : findings.some(({ severity }) => severity === 'warning')
      ? 1
      : 0;

/** For people: each finding with the command that mends it, the worst first. @param about what was looked at */
export function textReport(findings: readonly Finding[], about: readonly string[], paint: Paint): string {
  const order = ['error', 'warning', 'note'] as const;
  const blocks = order.flatMap((severity) =>
    findings
      .filter((finding) => finding.severity === severity)
      .map((finding) =>
        [
          `${paint.severity(severity, `${severity}:`)} ${finding.message} ${paint.quiet(`[${finding.code}]`)}`,
          `  run: ${finding.command}`,
          ...(finding.remedy === undefined ? [] : [`  ${finding.remedy}`]),
        ].join('\n'),
      ),
  );
  const counts = order
    .map((severity) => ({
      severity,
      count: findings.filter((finding) => finding.severity === severity).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count === 1 ? '' : 's'}`);
  const looked = paint.quiet(`looked at: ${about.join(', ')}`);
  return [...blocks, looked, counts.length === 0 ? 'nothing to mend' : counts.join(', ')].join('\n');
}

/** For programs; `format` changes only when a field changes its meaning. @param applied what `--apply` has done */
export const jsonReport = (
  findings: readonly Finding[],
  about: readonly string[],
  applied?: { readonly done: readonly string[]; readonly undo: readonly string[] },
): string =>
  JSON.stringify(
    {
      format: 1,
      status: statusOf(findings),
      findings,
      lookedAt: about,
      ...(applied === undefined ? {} : { done: applied.done, undo: applied.undo }),
    },
    undefined,
    2,
  );
