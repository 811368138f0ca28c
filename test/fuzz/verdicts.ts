import type { Diagnostic } from '@holdfast/config';
import type { FuzzCase } from './fuzz-case.ts';
import type { OurVerdict } from './ours.ts';
import type { TheirVerdict } from './theirs.ts';

/** Two verdicts on one case. */
export interface Verdicts {
  readonly subject: FuzzCase;
  readonly ours: OurVerdict;
  readonly theirs: TheirVerdict;
}

/** A kind of difference that is right. */
export interface ExceptionClass {
  readonly name: string;
  readonly reason: string;
  /** A configuration with that difference. */
  readonly example: string;
  /** The files that the example includes. */
  readonly others?: FuzzCase['others'];
  readonly applies: (verdicts: Verdicts) => boolean;
}

/** What counts for our exit status. */
export const counted = ({ ours }: Verdicts): readonly Diagnostic[] =>
  ours.diagnostics.filter(({ keepalived }) => keepalived !== 'none');

/** Whether we tell one of these. */
export const tells = ({ ours }: Verdicts, ...codes: readonly string[]): boolean =>
  ours.diagnostics.some(({ code }) => codes.includes(code));

/** Whether keepalived says so. */
export const says = ({ theirs }: Verdicts, pattern: RegExp): boolean => pattern.test(theirs.output);

/** Whether any file of the case has it. */
export const has = ({ subject: { text, others } }: Verdicts, pattern: RegExp): boolean =>
  [text, ...Object.values(others)].some((content) => pattern.test(content));

/** Names that keepalived calls unknown keywords. */
export const unknownToThem = ({ theirs }: Verdicts): readonly string[] =>
  [...theirs.output.matchAll(/Unknown keyword '([^']*)'/g)].flatMap(([, name]) => name ?? []);
