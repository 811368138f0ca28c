// Builds what is needed and measures long tables: node test/bench/pool.mjs [--runs N] [--sizes N,N] [--no-checks] [--json]
import { join } from 'node:path';
import { buildAll } from '../../scripts/build.mjs';
import { runVisibly } from '../../scripts/lib/programs.mjs';
import { root } from '../../scripts/lib/root.mjs';

await buildAll();
process.exitCode = await runVisibly(process.execPath, [
  join(root, 'dist', 'bench-pool.mjs'),
  ...process.argv.slice(2),
]);
