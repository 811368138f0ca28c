// Builds the container's image from docker/Dockerfile with Debian's buildah, and lives through what containers of it do:
// the pair of docker/pair.yaml, lost capabilities, the duties of process 1. Each runs from the image's root file system
// in namespaces of its own, with what the image's configuration says and no more rights than are documented.
//   node test/image/run.mjs [--keep] [NAME-OF-A-PART...]
// No registry of images is asked: the bases are made with debootstrap and kept in .cache/.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll } from '../../scripts/build.mjs';
import { installTools, missingTools } from '../../scripts/lib/debian-packages.mjs';
import { root } from '../../scripts/lib/root.mjs';
import { step } from '../../scripts/lib/steps.mjs';
import { tallyLine } from '../../scripts/lib/tally.mjs';
import { claimReader } from '../package/claims.mjs';
import { buildImage, describeImage, importBases } from './build.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'boolean', default: false } },
});

const obstacle = await findObstacle();
if (obstacle !== undefined) {
  console.log(`no image can be built here: ${obstacle}`);
  console.log('0 passed, 0 failed, 1 skipped');
  process.exit(process.env.CI === 'true' ? 1 : 0);
}

const scratch = mkdtempSync('/var/tmp/holdfast-image-');
process.on('exit', () =>
  options.keep ? console.log(`kept: ${scratch}`) : rmSync(scratch, { recursive: true, force: true }),
);
// While containers run they end first, and nothing is removed from under them.
let giveUp = () => process.exit(1);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => giveUp());

await step('bundles', buildAll);
await step('bases of the image', () => importBases(scratch));
await step('the image', async () => void (await buildImage(scratch)));
let image;
await step('its layers', async () => {
  image = await describeImage(scratch);
});
const tally = await runParts();
for (const failure of tally.failures) console.log(`failed: ${failure}`);
console.log(tallyLine(tally));
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;

async function findObstacle() {
  if (process.getuid?.() !== 0) return 'needs root';
  const outcome = await installTools('image');
  return missingTools('image').length === 0 ? undefined : outcome;
}

/** The containers' part is a program of its own, for it shares the laboratory's library with other tests. */
function runParts() {
  const reader = claimReader('image');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'dist', 'image.mjs'), image, ...positionals], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.on('data', (bytes) => reader.read(String(bytes)));
    giveUp = () => child.kill('SIGTERM');
    child.on('close', (status) => resolve(reader.tally(status ?? undefined, '')));
  });
}
