// Bundles every program of the project into one file each, in dist/: small processes that start quickly.
// `node scripts/build.mjs [--force]`; does nothing when the sources are what they were at the last build.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { usableAddon } from './lib/addon.mjs';
import { root } from './lib/root.mjs';
import { sourceHash } from './lib/source-hash.mjs';

const dist = join(root, 'dist');

/** Bundle name and entry. */
export const entries = {
  holdfastd: 'packages/core/src/main.ts',
  'holdfast-vrrp': 'packages/vrrp/src/worker.ts',
  'holdfast-healthcheck': 'packages/healthcheck/src/worker.ts',
  holdfast: 'packages/cli/src/main.ts',
  documents: 'packages/cli/src/documents/main.ts',
  genhash: 'packages/cli/src/genhash/main.ts',
  'holdfast-container': 'packages/cli/src/container/main.ts',
  simulator: 'packages/simulator/src/main.ts',
  demo: 'test/demo/main.ts',
  'demo-pool': 'test/demo/pool/inside/main.ts',
  bench: 'test/bench/main.ts',
  'bench-pool': 'test/bench/pool/main.ts',
  chaos: 'test/chaos/main.ts',
  fuzz: 'test/fuzz/main.ts',
  image: 'test/image/main.ts',
  'lab-helper': 'test/lab-support/helper/main.ts',
};

// Dependencies written for CommonJS call require(); an ES module has none unless it makes one.
const banner = [
  "import { createRequire as __createRequire } from 'node:module';",
  'const require = __createRequire(import.meta.url);',
].join('\n');

// Replacing by rename leaves a process that has the old file mapped alone.
function replaceFile(from, to) {
  copyFileSync(from, `${to}.${process.pid}`);
  renameSync(`${to}.${process.pid}`, to);
}

async function bundle(name, entry) {
  const { build } = await import('esbuild');
  const outfile = join(dist, `${name}.mjs`);
  const result = await build({
    entryPoints: [join(root, entry)],
    absWorkingDir: root,
    outfile: `${outfile}.${process.pid}`,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: false,
    legalComments: 'none',
    banner: { js: banner },
    // raw-socket is optional and compiled for one version of Node: it is looked up when it is asked for.
    external: ['raw-socket'],
    metafile: true,
    logLevel: 'warning',
  });
  renameSync(`${outfile}.${process.pid}`, outfile);
  writeFileSync(join(dist, 'meta', `${name}.json`), JSON.stringify(result.metafile));
}

// The bundles look for raw-socket from dist/ on, and pnpm put it where only packages/vrrp finds it.
function linkOptionalPackage() {
  const link = join(dist, 'node_modules', 'raw-socket');
  mkdirSync(join(link, '..'), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync('../../packages/vrrp/node_modules/raw-socket', link);
}

/** @returns {Promise<'built' | 'unchanged'>} */
export async function buildAll({ force = false } = {}) {
  const addon = await usableAddon();
  const hash = sourceHash([
    'packages',
    'test/bench',
    'test/chaos',
    'test/demo',
    'test/fuzz',
    'test/image',
    'test/lab-support',
    'test/support',
    'test/uml',
    'scripts/build.mjs',
    'pnpm-lock.yaml',
    ...(addon === undefined ? [] : [addon]),
  ]);
  const stamp = join(dist, '.source-hash');
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return 'unchanged';
  mkdirSync(join(dist, 'meta'), { recursive: true });
  rmSync(stamp, { force: true });
  const outcomes = await Promise.allSettled(
    Object.entries(entries).map(([name, entry]) => bundle(name, entry)),
  );
  if (addon !== undefined) replaceFile(addon, join(dist, 'holdfast.node'));
  linkOptionalPackage();
  const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
  if (failed.length > 0)
    throw new AggregateError(
      failed.map((outcome) => outcome.reason),
      'the bundles were not all built',
    );
  writeFileSync(stamp, hash);
  return 'built';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outcome = await buildAll({ force: process.argv.includes('--force') });
  console.log(outcome === 'built' ? 'built into dist/' : 'dist/ is up to date');
}
