import type { Origin } from '../language/line.ts';
import type { Diagnostic, Place } from './diagnostic.ts';

/** Adds to a diagnostic of an included file how it came to be read. */
export function withIncludes(
  diagnostics: readonly Diagnostic[],
  includedBy: ReadonlyMap<string, Origin>,
): readonly Diagnostic[] {
  if (includedBy.size === 0) return diagnostics;
  return diagnostics.map((diagnostic) => {
    const includedFrom = chain(diagnostic.file, includedBy);
    return includedFrom.length === 0 ? diagnostic : { ...diagnostic, includedFrom };
  });
}

function chain(file: string, includedBy: ReadonlyMap<string, Origin>): readonly Place[] {
  const places: Place[] = [];
  // A file that is also the main one would lead round in a circle.
  const seen = new Set<string>();
  for (let by = includedBy.get(file); by !== undefined && !seen.has(by.file); by = includedBy.get(by.file)) {
    places.push({ file: by.file, line: by.line });
    seen.add(by.file);
  }
  return places;
}
