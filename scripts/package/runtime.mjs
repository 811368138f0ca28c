import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram, runQuietly } from '../lib/programs.mjs';
import { root } from '../lib/root.mjs';
import { SetupError } from '../lib/steps.mjs';
import { unpackNpmPackage } from '../node-headers.mjs';

/**
 * The node binary that goes into the package, its symbol table left out, and its licence.
 * @param {number} major 20, 22 or 24
 * @returns {Promise<{ binary: string, licence: string, version: string }>}
 */
export async function nodeRuntime(major) {
  const folder = join(root, '.cache', `node-${major}`);
  const original = join(folder, 'bin', 'node');
  if (!existsSync(original)) await fetchRuntime(major, folder);
  const binary = join(root, '.cache', `node-${major}-stripped`, 'node');
  if (!existsSync(binary)) await strip(original, binary);
  const { output } = await runQuietly(binary, ['--version']);
  if (!output.startsWith(`v${major}.`)) {
    throw new SetupError(`${binary} is no Node ${major}: ${output.trim()}. Remove ${dirname(binary)}.`);
  }
  return { binary, licence: join(folder, 'LICENSE'), version: output.trim() };
}

async function fetchRuntime(major, folder) {
  const name = `node-linux-${process.arch}@${major}`;
  try {
    await unpackNpmPackage(name, folder);
  } catch (error) {
    throw new SetupError(
      `The npm package ${name}, which carries Node ${major}, cannot be had: ${error.message}`,
    );
  }
}

/** A sixth of the file is names of functions, for debuggers. Without strip(1) they stay. */
async function strip(original, binary) {
  mkdirSync(dirname(binary), { recursive: true });
  const temporary = `${binary}.${process.pid}`;
  copyFileSync(original, temporary);
  if (findProgram('strip') !== undefined) await runQuietly('strip', ['--strip-all', temporary]);
  renameSync(temporary, binary);
}
