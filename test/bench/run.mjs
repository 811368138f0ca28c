// Builds what is needed and measures: node test/bench/run.mjs [--runs N] [--seconds N] [--part NAME]... [--json]
import { join } from 'node:path';
import { buildAll } from '../../scripts/build.mjs';
import { runVisibly } from '../../scripts/lib/programs.mjs';
import { root } from '../../scripts/lib/root.mjs';

await buildAll();
process.exitCode = await runVisibly(process.execPath, [
  join(root, 'dist', 'bench.mjs'),
  ...process.argv.slice(2),
]);
