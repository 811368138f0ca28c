import type { FuzzCase } from './fuzz-case.ts';

/**
 * Makes a case smaller as long as it stays interesting: fewer lines, then fewer words.
 * @param budget how many smaller cases are tried at most
 */
export async function shrink(
  subject: FuzzCase,
  isInteresting: (smaller: FuzzCase) => Promise<boolean>,
  budget = 600,
): Promise<FuzzCase> {
  let [best, left] = [subject, budget];
  const attempt = async (smaller: FuzzCase): Promise<boolean> => {
    if (left <= 0) return false;
    left--;
    if (!(await isInteresting(smaller))) return false;
    best = smaller;
    return true;
  };
  for (const separator of ['\n', ' ']) {
    for (let isSmaller = true; isSmaller && left > 0; ) {
      const before = best.text.length;
      await withoutPieces(() => best, separator, attempt);
      isSmaller = best.text.length < before;
    }
  }
  return best;
}

/** Tries to leave out ever smaller runs of pieces. */
async function withoutPieces(
  current: () => FuzzCase,
  separator: string,
  attempt: (smaller: FuzzCase) => Promise<boolean>,
): Promise<void> {
  for (
    let size = Math.ceil(current().text.split(separator).length / 2);
    size > 0;
    size = Math.floor(size / 2)
  ) {
    for (let at = 0; at < current().text.split(separator).length; ) {
      const pieces = current().text.split(separator).toSpliced(at, size);
      if (!(await attempt({ ...current(), text: pieces.join(separator) }))) at += size;
    }
  }
}
