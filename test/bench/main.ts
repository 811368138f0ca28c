// Holdfast and keepalived side by side, taking turns on the same machine. It measures and judges nothing.
import { loadavg } from 'node:os';
import { LabError } from '../lab-support/lab-error.ts';
import { measureControl } from './bench-control.ts';
import { measurePair } from './bench-pair.ts';
import { measurePace, measureStart } from './bench-solo.ts';
import { type Contender, contenders } from './contender.ts';
import type { Measured } from './figure.ts';
import { type BenchOptions, type Part, readOptions, usage } from './options.ts';
import { measurePackages } from './package-sizes.ts';
import { asJson, report } from './report.ts';

const options = readOptions(process.argv.slice(2));
if (typeof options === 'string') {
  process.stderr.write(`bench: ${options}\n${usage}\n`);
  process.exit(2);
}
process.exit(await bench(options));

/** @returns the exit code: 0, or 2 when nothing can be measured here */
async function bench(wanted: BenchOptions): Promise<number> {
  if (process.getuid?.() !== 0) {
    process.stderr.write('bench: it makes network namespaces: run it as root\n');
    return 2;
  }
  const taking = contenders();
  if (taking.length < 2) note('keepalived is not installed: Holdfast alone is measured');
  const results = new Map<Contender['name'], Measured[]>(taking.map(({ name }) => [name, []]));
  for (let run = 1; run <= wanted.runs; run++) {
    // Who begins changes, so that none has the quieter machine.
    for (const contender of run % 2 === 1 ? taking : taking.toReversed()) {
      note(`run ${run} of ${wanted.runs}: ${contender.name} (load ${loadavg()[0]?.toFixed(1) ?? ''})`);
      results.get(contender.name)?.push(await measure(contender, wanted));
    }
  }
  process.stdout.write(wanted.json ? `${asJson(results)}\n` : `\n${report(results).join('\n')}\n`);
  return 0;
}

/** What one part cannot measure is missing in the table, and said. */
async function measure(contender: Contender, { parts, seconds }: BenchOptions): Promise<Measured> {
  const measuring: Readonly<Record<Part, () => Promise<Measured>>> = {
    pair: () => measurePair(contender),
    start: () => measureStart(contender),
    pace: () => measurePace(contender, seconds),
    control: () => measureControl(contender, seconds),
    size: () => Promise.resolve(measurePackages(contender)),
  };
  let all: Measured = {};
  for (const part of parts) {
    try {
      all = { ...all, ...(await measuring[part]()) };
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      note(`  ${part}: ${error.message}`);
    }
  }
  return all;
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
