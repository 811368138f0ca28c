import type { Paint } from '@holdfast/config';
import { documentationOf } from '../check/documentation.ts';
import type { CheckFormat } from '../check/format.ts';
import { annotationLine } from '../check/github.ts';
import type { CheckReport } from '../check.ts';
import { type Comparison, compare } from './compare.ts';
import type { Difference, Finding, PairNode } from './pair-node.ts';

/** What `holdfast check --pair` says: findings first, then side by side what differs. */
export function pairReport(format: CheckFormat, nodes: readonly PairNode[], paint: Paint): CheckReport {
  const comparison = compare(nodes);
  const has = (severity: string): boolean => comparison.findings.some((one) => one.severity === severity);
  const status = has('error') ? 2 : has('warning') ? 1 : 0;
  if (format === 'json') return { status, text: json(nodes, comparison, status) };
  if (format === 'github')
    return { status, text: comparison.findings.map((one) => github(nodes, one)).join('\n') };
  return { status, text: text(nodes, comparison, paint) };
}

function json(nodes: readonly PairNode[], { findings, differences }: Comparison, status: number): string {
  const document = {
    version: 1,
    status,
    nodes: nodes.map(({ name, path }) => ({ name, path })),
    findings: findings.map((finding) => ({ ...finding, documentation: documentationOf(finding.code) })),
    differences: differences.map(({ values, ...rest }) => ({
      ...rest,
      values: values.map((value) => value ?? null),
    })),
  };
  return JSON.stringify(document, undefined, 2);
}

const github = ([first]: readonly PairNode[], { severity, code, about, message, remedy }: Finding): string =>
  annotationLine(
    severity,
    { file: first?.path ?? '', title: code },
    `${about}: ${message}\nremedy: ${remedy}`,
  );

function text(nodes: readonly PairNode[], { findings, differences }: Comparison, paint: Paint): string {
  const told = findings.map(
    ({ severity, about, message, code, remedy }) =>
      `${about}: ${paint.severity(severity, `${severity}:`)} ${message} ${paint.quiet(`[${code}]`)}\n  remedy: ${remedy}`,
  );
  const count = (severity: string): number => findings.filter((one) => one.severity === severity).length;
  const counts = ['error', 'warning', 'note']
    .filter((severity) => count(severity) > 0)
    .map((severity) => `${count(severity)} ${severity}${count(severity) === 1 ? '' : 's'}`);
  const names = nodes.map(({ name }) => name).join(' and ');
  const verdict = counts.length === 0 ? 'no complaints' : counts.join(', ');
  return [...told, ...sideBySide(nodes, differences, paint), `${names}: ${verdict}`].join('\n');
}

/** One block for each object: a line for each property that differs, one column a node. */
function sideBySide(
  nodes: readonly PairNode[],
  differences: readonly Difference[],
  paint: Paint,
): readonly string[] {
  const objects = [...new Set(differences.map(({ about }) => about))];
  return objects.flatMap((about) => {
    const rows = differences
      .filter((one) => one.about === about)
      .map(({ property, values }) => [property, ...values.map((value) => value ?? '-')]);
    return ['', ...columns([[about, ...nodes.map(({ name }) => name)], ...rows], paint), ''];
  });
}

function columns(rows: readonly (readonly string[])[], paint: Paint): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row, index) => {
    const line = row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ');
    return index === 0 ? paint.quiet(line.trimEnd()) : line.trimEnd();
  });
}
