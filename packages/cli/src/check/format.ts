import type { Paint, ParseResult } from '@holdfast/config';
import type { CheckReport } from '../check.ts';
import type { CheckedFile } from './checked-file.ts';
import { githubReport } from './github.ts';
import { jsonReport } from './json.ts';

export const checkFormats = ['text', 'json', 'github'] as const;
export type CheckFormat = (typeof checkFormats)[number];

/** What a format makes of all files together. @param text how one file is told to people */
export function formatChecks(
  format: CheckFormat,
  files: readonly CheckedFile[],
  text: (path: string, result: ParseResult, paint: Paint) => CheckReport,
  paint: Paint,
): CheckReport {
  const reports = files.map(({ path, result }) => text(path, result, paint));
  const status = worst(reports.map((report) => report.status));
  if (format === 'json') return { status, text: jsonReport(files, reports, status) };
  if (format === 'github') return { status, text: githubReport(files) };
  return { status, text: reports.map((report) => report.text).join('\n') };
}

/** The worst of several exit statuses. */
export const worst = (statuses: readonly CheckReport['status'][]): CheckReport['status'] =>
  statuses.includes(2) ? 2 : statuses.includes(1) ? 1 : 0;
