import type { Diagnostic } from './diagnostic.ts';

/** In a comment at the end of the line: `# holdfast: ignore CODE, CODE`; for keepalived it is a comment like any other. */
const request = /[#!]\s*holdfast:\s*ignore\s+([a-z][a-z0-9-]*(?:[\s,]+[a-z][a-z0-9-]*)*)\s*$/;

/** The codes that a line asks not to hear of. */
export function silencedCodes(source: string): readonly string[] {
  if (!source.includes('holdfast:')) return [];
  return request.exec(source)?.[1]?.split(/[\s,]+/) ?? [];
}

/**
 * What is left when lines have been asked not to be told about. Only lints and notes of ours can be silenced: what
 * keepalived reports, or what costs something of the file, is told all the same.
 */
export const unsilenced = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.filter(
    (diagnostic) => !(isOurRemark(diagnostic) && silencedCodes(diagnostic.source).includes(diagnostic.code)),
  );

const isOurRemark = ({ keepalived, fatal, reload }: Diagnostic): boolean =>
  keepalived === 'none' && !fatal && reload === 'apply';
