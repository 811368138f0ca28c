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
  /** Where the first one about a property of an object stands: blame is asked for often. */
  const firstAbout = new Map<string, number>();
  const keep = (diagnostic: Diagnostic): void => {
    const key = diagnostic.severity === 'note' ? undefined : keyOf(diagnostic.subject);
    if (key !== undefined && !firstAbout.has(key)) firstAbout.set(key, kept.length);
    kept.push(diagnostic);
  };
  return {
    report: (report) => {
      // Past the limit nothing is lost that matters for a verdict: fatal ones always get in.
      if (kept.length < limit || report.fatal === true) keep(toDiagnostic(report));
    },
    blame: (subject, property, consequence) => {
      const index = subject === undefined ? undefined : firstAbout.get(keyOf({ ...subject, property }) ?? '');
      const found = index === undefined ? undefined : kept[index];
      if (index === undefined || found === undefined) return false;
      if (consequence === 'fatal') kept[index] = becameFatal(found);
      return true;
    },
    excuse: () => {
      for (const [index, diagnostic] of kept.entries()) {
        // An include that has to be there comes before everything.
        if (diagnostic.keepalived !== 'include') kept[index] = { ...diagnostic, keepalived: 'none' };
      }
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

const keyOf = (subject: Subject | undefined): string | undefined =>
  subject?.property === undefined ? undefined : `${subject.kind} ${subject.property} ${subject.name}`;

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
    ...(origin.expanded === undefined ? {} : { expanded: origin.expanded.trim() }),
    message: report.message,
    used: report.used,
    remedy: report.remedy,
    keepalived: report.keepalived ?? (severity === 'error' ? 'reported' : 'none'),
    fatal,
    reload: report.reload ?? (fatal ? 'refuse' : 'apply'),
    subject: report.subject,
  };
}
