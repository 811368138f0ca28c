import type { Diagnostic } from '@holdfast/config';
import type { CheckReport } from '../check.ts';
import type { CheckedFile } from './checked-file.ts';
import { documentationOf } from './documentation.ts';

/**
 * One JSON document: `{ version, status, files: [{ path, status, read, diagnostics, notInEffect }] }`. Lines and columns
 * count from 1, `endColumn` is behind the last marked character, line 0 is the file as a whole.
 */
export function jsonReport(
  files: readonly CheckedFile[],
  reports: readonly CheckReport[],
  status: CheckReport['status'],
): string {
  const document = {
    version: 1,
    status,
    files: files.map(({ path, result }, i) => ({
      path,
      status: reports[i]?.status,
      read: result.files,
      diagnostics: result.diagnostics.map(diagnosticOf),
      notInEffect: result.notInEffect,
    })),
  };
  return JSON.stringify(document, undefined, 2);
}

const diagnosticOf = ({ length, ...diagnostic }: Diagnostic) => ({
  ...diagnostic,
  endColumn: diagnostic.column + length,
  documentation: documentationOf(diagnostic.code),
});
