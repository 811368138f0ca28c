/** `error`: something of the file is not used as written. `warning`: used, but hardly meant so. `note`: good to know. */
export type Severity = 'error' | 'warning' | 'note';

/**
 * What keepalived's configuration test makes of it, by exit code: `none` 0, `missing-argument` 2 (it ends at once),
 * `cannot-run` 4, `reported` 5, `security` and `include` 6. Our own lints are `none`.
 */
export type KeepalivedVerdict =
  | 'none'
  | 'missing-argument'
  | 'cannot-run'
  | 'reported'
  | 'security'
  | 'include';

/** The object that a diagnostic is about, so that a reload can tell whether a running one would suffer. */
export interface Subject {
  /** The root keyword: `vrrp_instance`, `vrrp_script`, `virtual_server`, `global_defs`. */
  readonly kind: string;
  readonly name: string;
  /** The property of the typed object that the mistake decides, where it is one. */
  readonly property: string | undefined;
}

export interface Place {
  readonly file: string;
  readonly line: number;
}

/** Anything worth telling about a configuration file. Plain data; `formatDiagnostic` makes text of it. */
export interface Diagnostic {
  /** Stable, in kebab-case: for tests, filters and documentation. */
  readonly code: string;
  readonly severity: Severity;
  readonly file: string;
  /** From 1; 0 when it concerns the file as a whole. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
  /** Characters marked from `column` on. */
  readonly length: number;
  /** The line as it stands in the file. */
  readonly source: string;
  /** What the line was read as, where parameters or a sequence have made something else of it. */
  readonly expanded?: string;
  /** The lines by which its file was included, from the inner one to the outer one; absent for the main file. */
  readonly includedFrom?: readonly Place[];
  /** What is wrong. */
  readonly message: string;
  /** What is used instead. */
  readonly used: string | undefined;
  /** What to do about it. */
  readonly remedy: string | undefined;
  readonly keepalived: KeepalivedVerdict;
  /** keepalived does not run with it, nor do we. */
  readonly fatal: boolean;
  /**
   * What it means for a reload: `refuse` always; `refuse-if-lost` when the running object it is about would be lost or
   * changed by it; `apply` never.
   */
  readonly reload: 'apply' | 'refuse-if-lost' | 'refuse';
  readonly subject: Subject | undefined;
}

/** A keyword that is legal and accepted, but does nothing yet: named once each. */
export interface NotInEffect {
  readonly keyword: string;
  readonly block: string;
  readonly file: string;
  readonly line: number;
}
