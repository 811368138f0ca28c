import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from './compare.ts';
import type { FuzzOptions } from './options.ts';
import { caseMaker } from './random-case.ts';
import { reportDifference } from './report-difference.ts';
import { makeInterfaces } from './site.ts';

/** keepalived runs beside us: so many cases are under way. */
const lanes = 3;

export interface Findings {
  readonly cases: number;
  readonly equal: number;
  /** By the name of the class. */
  readonly explained: ReadonlyMap<string, number>;
  /** `OURS THEIRS`: how often. */
  readonly verdicts: ReadonlyMap<string, number>;
  /** Files, one a difference. */
  readonly different: readonly string[];
  /** Milliseconds and number of the case that took us longest. */
  readonly slowest: { readonly milliseconds: number; readonly number: number };
}

/** Holds random configurations against keepalived, in the network namespace that this process has for itself. */
export async function fuzzConfigurations(options: FuzzOptions): Promise<Findings> {
  const { cases, seed, seconds } = options;
  makeInterfaces();
  const scratch = mkdtempSync(join(tmpdir(), 'hf-fuzz-'));
  const keep = options.keep ?? join(tmpdir(), `hf-fuzz-found-${process.pid}`);
  mkdirSync(keep, { recursive: true });
  const make = caseMaker(seed);
  const end = performance.now() + seconds * 1000;
  const explained = new Map<string, number>();
  const verdicts = new Map<string, number>();
  const different: string[] = [];
  let [next, equal, done] = [0, 0, 0];
  let slowest = { milliseconds: 0, number: 0 };
  const lane = async (folder: string): Promise<void> => {
    while (next < cases && performance.now() < end) {
      const number = next++;
      const outcome = await compare(folder, make(number));
      const { ours, theirs } = outcome.verdicts;
      done++;
      if (ours.milliseconds > slowest.milliseconds) slowest = { milliseconds: ours.milliseconds, number };
      countUp(verdicts, `${ours.exit} ${theirs.exit}`);
      if (outcome.kind === 'equal') equal++;
      else if (outcome.kind === 'explained') countUp(explained, outcome.by.name);
      else different.push(await reportDifference(folder, keep, number, outcome.verdicts));
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, index) => lane(join(scratch, String(index)))));
  rmSync(scratch, { recursive: true, force: true });
  return { cases: done, equal, explained, verdicts, different, slowest };
}

const countUp = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};
