import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpackNpmPackage } from './node-headers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * A node binary of another major version, from the npm package `node-linux-<arch>`, kept in .cache/ of the root.
 * @param {number} major 22, 24
 * @returns {Promise<string>} its path
 */
export async function nodeBinary(major) {
  if (Number(process.versions.node.split('.')[0]) === major) return process.execPath;
  const folder = join(root, '.cache', `node-${major}`);
  const binary = join(folder, 'bin', 'node');
  if (!existsSync(binary)) await unpackNpmPackage(`node-linux-${process.arch}@${major}`, folder);
  return binary;
}
