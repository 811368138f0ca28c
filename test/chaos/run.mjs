// Builds what is needed and kills at random: node test/chaos/run.mjs [--kills N] [--seed N] [--pace SECONDS]...
import { join } from 'node:path';
import { buildAll } from '../../scripts/build.mjs';
import { runVisibly } from '../../scripts/lib/programs.mjs';
import { root } from '../../scripts/lib/root.mjs';

await buildAll();
process.exitCode = await runVisibly(process.execPath, [
  join(root, 'dist', 'chaos.mjs'),
  ...process.argv.slice(2),
]);
