/** Runs what it is given, at most `width` at once, in the order of asking. */
export function lanes(width: number): <T>(work: () => Promise<T>) => Promise<T> {
  const ends: Promise<unknown>[] = Array.from({ length: width }, () => Promise.resolve());
  let turn = 0;
  return (work) => {
    const lane = turn++ % width;
    const done = Promise.resolve(ends[lane]).then(work, work);
    ends[lane] = done.catch(() => undefined);
    return done;
  };
}
