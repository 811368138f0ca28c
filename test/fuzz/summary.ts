import type { ByteFindings } from './bytes.ts';
import type { Findings } from './configurations.ts';
import type { FuzzOptions } from './options.ts';

/** What a run against keepalived found, for people. */
export function summary(found: Findings, { seed }: FuzzOptions, seconds: number): string {
  const explained = [...found.explained].toSorted(([, a], [, b]) => b - a);
  const sum = explained.reduce((total, [, count]) => total + count, 0);
  const verdicts = [...found.verdicts].toSorted(([, a], [, b]) => b - a);
  const { milliseconds, number } = found.slowest;
  return lines([
    `${found.cases} configurations of seed ${seed} in ${Math.round(seconds)} s`,
    `  equal       ${found.equal}`,
    `  explained   ${sum}`,
    ...explained.map(([name, count]) => `    ${String(count).padStart(6)}  ${name}`),
    `  unexplained ${found.different.length}`,
    ...found.different.map((file) => `    ${file}`),
    `  verdicts (ours, theirs): ${verdicts.map(([pair, count]) => `${pair}: ${count}`).join('; ')}`,
    `  slowest of ours: ${milliseconds.toFixed(0)} ms (case ${number})`,
  ]);
}

/** What a run on random bytes found. */
export function bytesSummary(found: ByteFindings, { seed }: FuzzOptions, seconds: number): string {
  const { milliseconds, number } = found.slowest;
  return lines([
    `${found.cases} inputs of seed ${seed} in ${Math.round(seconds)} s, ${found.bytes} bytes`,
    `  statuses: ${[...found.statuses].map(([status, count]) => `${status}: ${count}`).join('; ')}`,
    `  faults      ${found.faults.length}`,
    ...found.faults.map((fault) => `    ${fault}`),
    `  slowest: ${milliseconds.toFixed(1)} ms of the processor (input ${number})`,
  ]);
}

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;
