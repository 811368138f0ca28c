import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installNames } from './debian-packages.mjs';
import { findProgram } from './programs.mjs';
import { root } from './root.mjs';
import { SetupError } from './steps.mjs';

const folder = join(root, 'packages', 'native');
const prebuilt = join(folder, 'prebuilds', `linux-${process.arch}`, 'holdfast.node');
const built = join(folder, 'build', 'Release', 'holdfast.node');

/** Debian packages that bring a compiler, by the program that shows whether they are there. */
const compilers = [
  ['g++', 'g++'],
  ['make', 'make'],
  ['python3', 'python3'],
];

export const missingCompilers = () =>
  compilers.filter(([program]) => findProgram(program) === undefined).map(([, debian]) => debian);

/**
 * The addon that fits the sources and loads here: the one that travels in the package, else one built before.
 * @returns {Promise<string | undefined>} its path
 */
export async function usableAddon() {
  const { sourceHash } = await import('../../packages/native/scripts/source-hash.mjs');
  const stamp = join(prebuilt, '..', 'SOURCE-HASH');
  const fits = existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === sourceHash();
  return [...(fits ? [prebuilt] : []), built].find(loads);
}

function loads(file) {
  if (!existsSync(file)) return false;
  try {
    createRequire(import.meta.url)(file);
    return true;
  } catch {
    return false;
  }
}

/** Sees to it that there is an addon; compiles it only where the one in the package does not fit. */
export async function prepareAddon() {
  const found = await usableAddon();
  if (found !== undefined) return found === prebuilt ? 'the prebuilt one fits' : 'built before';
  const missing = missingCompilers();
  const failure = missing.length > 0 ? await installNames(missing) : undefined;
  if (failure !== undefined) {
    throw new SetupError(
      `The native addon must be compiled for this machine (${process.arch}), and the compiler could not be installed:\n` +
        `${failure}\nInstall it yourself: apt-get install ${missing.join(' ')}`,
    );
  }
  const { buildAddon } = await import('../../packages/native/scripts/build.mjs');
  try {
    await buildAddon();
  } catch (error) {
    throw new SetupError(`The native addon did not compile:\n${error.message}`);
  }
  return 'compiled';
}
