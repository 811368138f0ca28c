import type { Diagnostic, Severity } from '@holdfast/config';
import type { CheckedFile } from './checked-file.ts';

const commands = {
  error: 'error',
  warning: 'warning',
  note: 'notice',
} as const satisfies Record<Severity, string>;

/**
 * Workflow commands that GitHub Actions shows as annotations at the lines of a change: one line each,
 * `::error file=F,line=L,col=C,endColumn=E,title=CODE::message`.
 */
export const githubReport = (files: readonly CheckedFile[]): string =>
  files.flatMap(({ result }) => result.diagnostics.map(annotation)).join('\n');

function annotation(diagnostic: Diagnostic): string {
  const { severity, file, line, column, length, code, message, used, remedy } = diagnostic;
  const place = line === 0 ? {} : { line, col: column, endColumn: column + length };
  const text = [message, used && `used: ${used}`, remedy && `remedy: ${remedy}`].filter(Boolean).join('\n');
  return annotationLine(severity, { file, ...place, title: code }, text);
}

/** One workflow command; what would end its parts early is escaped. */
export function annotationLine(
  severity: Severity,
  properties: Readonly<Record<string, string | number>>,
  text: string,
): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
  return `::${commands[severity]} ${list.join(',')}::${escaped(text)}`;
}

const escaped = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapedProperty = (text: string): string => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
