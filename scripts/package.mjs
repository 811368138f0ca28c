// Builds what is installed on a machine that has no Node: a package for Debian and Ubuntu, and a tarball for the rest.
//   node scripts/package.mjs [deb|tarball]... [--out DIR] [--node 20|22|24] [--revision N] [--quick]
// Each carries everything, its own Node runtime too, and says at the end where it is and how large.
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll } from './build.mjs';
import { prepareAddon } from './lib/addon.mjs';
import { root } from './lib/root.mjs';
import { SetupError, step } from './lib/steps.mjs';
import { buildDeb } from './package/deb.mjs';
import { assembleLibrary } from './package/library.mjs';
import { nodeRuntime } from './package/runtime.mjs';
import { buildTarball } from './package/tarball.mjs';
import { projectVersion } from './package/version.mjs';

const builders = { deb: buildDeb, tarball: buildTarball };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: join(root, 'dist', 'package') },
    /** The long-term version that is supported longest. */
    node: { type: 'string', default: '24' },
    revision: { type: 'string', default: '1' },
    /** Compresses little: for tests. */
    quick: { type: 'boolean', default: false },
  },
});
const wanted = positionals.length === 0 ? Object.keys(builders) : positionals;
const unknown = wanted.filter((name) => !Object.hasOwn(builders, name));
if (unknown.length > 0 || !/^(?:20|22|24)$/.test(values.node) || !/^[0-9][0-9.~+]*$/.test(values.revision)) {
  process.stderr.write(
    'usage: node scripts/package.mjs [deb|tarball]... [--out DIR] [--node 20|22|24] [--revision N] [--quick]\n',
  );
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), 'holdfast-package-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

try {
  if (!existsSync(join(root, 'node_modules'))) {
    throw new SetupError('The packages of npm are not installed yet. Run: npm run setup');
  }
  await step('native addon', prepareAddon);
  await step('bundles', async () => ((await buildAll()) === 'built' ? 'built' : 'already there'));
  const library = join(work, 'library');
  let runtime;
  await step(`Node.js ${values.node}`, async () => {
    runtime = await nodeRuntime(Number(values.node));
    return runtime.version;
  });
  await step('what is installed', () => assembleLibrary(library, runtime));
  mkdirSync(values.out, { recursive: true });
  for (const name of wanted) {
    const request = {
      library,
      work: join(work, name),
      out: resolve(values.out),
      version: projectVersion(),
      revision: values.revision,
      quick: values.quick,
    };
    await step(name, async () => {
      const file = await builders[name](request);
      return `${file}, ${(statSync(file).size / 1e6).toFixed(1)} MB`;
    });
  }
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}
