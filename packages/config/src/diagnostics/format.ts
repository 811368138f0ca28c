import type { Diagnostic } from './diagnostic.ts';

/** Wraps text for a terminal; the identity functions by default. */
export interface Paint {
  severity(severity: Diagnostic['severity'], text: string): string;
  quiet(text: string): string;
}

const plain: Paint = { severity: (_, text) => text, quiet: (text) => text };

/** The first line: `FILE:LINE:COLUMN: error: what is wrong [code]`. */
export function diagnosticHeadline(diagnostic: Diagnostic, paint: Paint = plain): string {
  const { file, line, column, severity, message, code } = diagnostic;
  const place = line === 0 ? file : `${file}:${line}:${column}`;
  return `${place}: ${paint.severity(severity, `${severity}:`)} ${message} ${paint.quiet(`[${code}]`)}`;
}

/** A diagnostic as several lines: headline, the source line with a caret, what is used instead, and the remedy. */
export function formatDiagnostic(diagnostic: Diagnostic, paint: Paint = plain): string {
  const { used, remedy, expanded, includedFrom = [] } = diagnostic;
  return [
    diagnosticHeadline(diagnostic, paint),
    ...excerpt(diagnostic, paint),
    ...(expanded === undefined ? [] : [`  read as: ${printable(expanded)}`]),
    ...includedFrom.map(({ file, line }) => `  included from ${file}:${line}`),
    ...(used === undefined ? [] : [`  used: ${used}`]),
    ...(remedy === undefined ? [] : [`  remedy: ${remedy}`]),
  ].join('\n');
}

/** One line for a log: headline, what is used, remedy. */
export function diagnosticLine(diagnostic: Diagnostic): string {
  const { file, line, message, used, remedy } = diagnostic;
  const place = line === 0 ? `(${file})` : `(${file}: Line ${line})`;
  // In a sentence "nothing" reads as if nothing were wrong.
  const rest = [used?.replace(/^nothing: /, ''), remedy]
    .filter((part) => part !== undefined)
    .map((part) => `; ${part}`);
  return `${place} ${message}${rest.join('')}`;
}

function excerpt({ line, column, length, source }: Diagnostic, paint: Paint): string[] {
  if (line === 0 || source.trim() === '') return [];
  const shown = source.length > 160 ? `${source.slice(0, 160)}…` : source;
  // Tabs stay tabs below the line, so that the caret stands under the word whatever their width.
  const indent = shown.slice(0, column - 1).replaceAll(/[^\t]/g, ' ');
  const number = String(line);
  const gutter = ' '.repeat(number.length);
  return [
    paint.quiet(`  ${number} | `) + printable(shown),
    paint.quiet(`  ${gutter} | `) +
      indent +
      '^'.repeat(Math.max(1, Math.min(length, shown.length - column + 1))),
  ];
}

/** Control characters of a file must not reach a terminal. */
const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  text.replaceAll(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, '\ufffd');
