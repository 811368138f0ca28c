import type { Diagnostic, KeepalivedVerdict } from './diagnostic.ts';

const codes: readonly (readonly [KeepalivedVerdict, number])[] = [
  // It ends at the first of these, before it judges the rest.
  ['include', 6],
  ['missing-argument', 2],
  ['security', 6],
  ['reported', 5],
  ['cannot-run', 4],
];

/** The exit code of `-t`, as keepalived's: 0, 2, 4, 5 or 6. Lints and notes do not count. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): number {
  const verdicts = new Set(diagnostics.map((diagnostic) => diagnostic.keepalived));
  return codes.find(([verdict]) => verdicts.has(verdict))?.[1] ?? 0;
}

export type StartVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly exitCode: number; readonly reasons: readonly Diagnostic[] };

/** Whether the daemon may start: it does unless keepalived would end. Exit codes as keepalived's: 6 for an include, else 2. */
export function startVerdict(diagnostics: readonly Diagnostic[]): StartVerdict {
  const reasons = diagnostics.filter((diagnostic) => diagnostic.fatal);
  if (reasons.length === 0) return { ok: true };
  return { ok: false, exitCode: reasons.some((reason) => reason.keepalived === 'include') ? 6 : 2, reasons };
}
