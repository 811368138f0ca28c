import type { Origin } from '../language/line.ts';
import type { Diagnostic, KeepalivedVerdict, Severity, Subject } from './diagnostic.ts';

/** What a finder of problems has to say; everything else is derived or has a usual value. */
export interface Report {
  readonly code: string;
  readonly message: string;
  readonly origin: Origin;
  /** From 0, in `origin.raw`. */
  readonly column?: number;
  readonly length?: number;
  /** `error` unless said otherwise. */
  readonly severity?: Severity;
  readonly used?: string | undefined;
  readonly remedy?: string | undefined;
  /** `reported` for errors, `none` for the rest, unless said otherwise. */
  readonly keepalived?: KeepalivedVerdict;
  readonly fatal?: boolean;
  readonly reload?: Diagnostic['reload'];
  readonly subject?: Subject | undefined;
}

/** Takes in reports and keeps them as diagnostics; at most `limit`, so that a broken file cannot fill the memory. */
export interface Reporter {
  readonly report: (report: Report) => void;
  /**
   * Whether an error or warning about this property of this object was reported: then what follows from it is not told
   * again. With `fatal` that diagnostic becomes the reason why nothing can run.
   */
  readonly blame: (
    subject: Subject | undefined,
    property: string,
    consequence: 'harmless' | 'fatal',
  ) => boolean;
  /** keepalived's test does not come to any of what was reported: it does not count for the exit code. */
  readonly excuse: () => void;
  readonly diagnostics: () => readonly Diagnostic[];
}

export function createReporter(limit = 2000): Reporter {
  const kept: Diagnostic[] = [];
  return {
    report: (report) => {
      if (kept.length < limit) kept.push(toDiagnostic(report));
      // Past the limit nothing is lost that matters for a verdict: fatal ones always get in.
      else if (report.fatal === true) kept.push(toDiagnostic(report));
    },
    blame: (subject, property, consequence) => {
      const index = kept.findIndex((diagnostic) => isAbout(diagnostic, subject, property));
      const found = kept[index];
      if (found === undefined) return false;
      if (consequence === 'fatal') kept[index] = becameFatal(found);
      return true;
    },
    excuse: () => {
      for (const [index, diagnostic] of kept.entries()) kept[index] = { ...diagnostic, keepalived: 'none' };
    },
    diagnostics: () => kept,
  };
}

const becameFatal = (diagnostic: Diagnostic): Diagnostic => ({
  ...diagnostic,
  severity: 'error',
  used: 'nothing: the daemon does not run without it',
  fatal: true,
  reload: 'refuse',
});

const isAbout = (diagnostic: Diagnostic, subject: Subject | undefined, property: string): boolean =>
  diagnostic.severity !== 'note' &&
  diagnostic.subject?.property === property &&
  diagnostic.subject.kind === subject?.kind &&
  diagnostic.subject.name === subject.name;

function toDiagnostic(report: Report): Diagnostic {
  const severity = report.severity ?? 'error';
  const fatal = report.fatal ?? false;
  const { origin } = report;
  const firstInk = origin.raw.search(/\S/);
  return {
    code: report.code,
    severity,
    file: origin.file,
    line: origin.line,
    column: 1 + (report.column ?? Math.max(0, firstInk)),
    length: report.length ?? 1,
    source: origin.raw,
    message: report.message,
    used: report.used,
    remedy: report.remedy,
    keepalived: report.keepalived ?? (severity === 'error' ? 'reported' : 'none'),
    fatal,
    reload: report.reload ?? (fatal ? 'refuse' : 'apply'),
    subject: report.subject,
  };
}
