import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly } from '../lib/programs.mjs';
import { root } from '../lib/root.mjs';
import { SetupError } from '../lib/steps.mjs';
import { writeDocuments } from './documents.mjs';
import { licencesOf } from './licences.mjs';

const files = join(root, 'scripts', 'package', 'files');
const dist = join(root, 'dist');

/** The bundles that run on a machine; the others are for work on the project. */
const bundles = ['holdfastd', 'holdfast-vrrp', 'holdfast-healthcheck', 'holdfast', 'genhash'];
const launchers = ['holdfastd', 'holdfast', 'genhash'];
const helpers = ['service-stop', 'service-reload', 'holdfast.init'];

/**
 * Fills the folder that becomes /usr/lib/holdfast or $PREFIX/lib/holdfast. In its scripts and units `@LIB@` stands for
 * that folder and `@SBIN@` for that of the daemon's command.
 */
export async function assembleLibrary(folder, runtime) {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  copyFileSync(runtime.binary, join(folder, 'node'));
  for (const name of bundles) copyFileSync(join(dist, `${name}.mjs`), join(folder, `${name}.mjs`));
  copyFileSync(join(dist, 'holdfast.node'), join(folder, 'holdfast.node'));
  // Without a package.json above them, files that end in .mjs are modules all the same.
  for (const name of launchers) copyFileSync(join(files, name), join(folder, 'bin', name));
  for (const name of helpers) copyFileSync(join(files, name), join(folder, name));
  for (const name of ['node', ...helpers, ...launchers.map((launcher) => `bin/${launcher}`)]) {
    chmodSync(join(folder, name), 0o755);
  }
  copyFileSync(join(files, 'holdfast.service'), join(folder, 'holdfast.service'));
  writeFileSync(join(folder, 'restart-signal'), `${await restartSignal()}\n`);
  documents(folder, runtime);
  await writeDocuments(folder);
  await tryOut(folder);
}

/** The number of the signal that asks for a planned restart is the daemon's to say. */
async function restartSignal() {
  const { status, output } = await runQuietly(process.execPath, [
    join(dist, 'holdfastd.mjs'),
    '--signum=RESTART',
  ]);
  if (status !== 0) throw new SetupError(`the daemon does not know its restart signal: ${output}`);
  return output.trim();
}

function documents(folder, runtime) {
  const target = join(folder, 'doc');
  mkdirSync(join(target, 'licences'), { recursive: true });
  copyFileSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
  if (existsSync(runtime.licence)) copyFileSync(runtime.licence, join(target, 'licences', 'node'));
  for (const { name, text } of licencesOf(bundles)) {
    writeFileSync(join(target, 'licences', name.replaceAll('/', '-').replace(/^@/, '')), text);
  }
  const examples = join(root, 'conf');
  for (const name of readdirSync(examples)) {
    cpSync(join(examples, name), join(target, 'examples', name), { recursive: true });
  }
}

/** What would not even start on this machine is no package. */
async function tryOut(folder) {
  const node = join(folder, 'node');
  for (const [bundle, option] of [
    ['holdfastd.mjs', '--version'],
    ['holdfast.mjs', '--version'],
    ['genhash.mjs', '--help'],
  ]) {
    const { status, output } = await runQuietly(node, [join(folder, bundle), option]);
    if (status !== 0) throw new SetupError(`${bundle} ${option} ends with ${status}: ${output}`);
  }
}
