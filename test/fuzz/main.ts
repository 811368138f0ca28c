// Random configurations for holdfastd -t and keepalived -t, and random bytes for our parser.
import { fuzzBytes } from './bytes.ts';
import { fuzzConfigurations } from './configurations.ts';
import { judgeExamples } from './examples.ts';
import { type FuzzOptions, readOptions, usage } from './options.ts';
import { bytesSummary, summary } from './summary.ts';

const options = readOptions(process.argv.slice(2));
if (typeof options === 'string') {
  process.stderr.write(`fuzz: ${options}\n${usage}\n`);
  process.exitCode = 2;
} else {
  process.exitCode = await run(options);
}

async function run(chosen: FuzzOptions): Promise<number> {
  const start = performance.now();
  if (chosen.bytes) {
    const found = fuzzBytes(chosen);
    process.stdout.write(bytesSummary(found, chosen, (performance.now() - start) / 1000));
    return found.faults.length === 0 ? 0 : 1;
  }
  if (chosen.examples) {
    const wrong = await judgeExamples();
    for (const line of wrong) process.stdout.write(`not what it says: ${line}\n`);
    return wrong.length === 0 ? 0 : 1;
  }
  const found = await fuzzConfigurations(chosen);
  process.stdout.write(summary(found, chosen, (performance.now() - start) / 1000));
  return found.different.length === 0 ? 0 : 1;
}
