/**
 * The candidate that was probably meant, or `undefined`. Insertions, deletions, replacements and exchanged neighbours
 * count one each; about a third of the letters may be wrong.
 */
export function suggest(written: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.min(3, Math.floor(written.length / 3)));
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - written.length) > limit) continue;
    const distance = editDistance(written.toLowerCase(), candidate.toLowerCase());
    if (distance > limit || (best !== undefined && distance > best.distance)) continue;
    // At the same distance the longer one: letters are forgotten more often than added.
    const isBetter =
      best === undefined || distance < best.distance || candidate.length > best.candidate.length;
    if (isBetter) best = { candidate, distance };
  }
  return best?.candidate;
}

/** Damerau and Levenshtein's distance with adjacent exchanges (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(previous, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = exchanged ? at(beforePrevious, j - 2) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(replaced, at(previous, j) + 1, at(current, j - 1) + 1, swapped));
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;
