import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './root.mjs';

const skipped = new Set(['node_modules', 'test', 'dist', 'vectors']);
/** What the compiler makes is not a source; the addon that is used is hashed by itself. */
const compiled = join(root, 'packages', 'native', 'build');
const wanted = /\.(?:ts|mjs|json|yaml|node|cc|h|gyp)$/;

/** Names and contents of the sources below the given files and folders as one sha256, in hexadecimal. */
export function sourceHash(places) {
  const hash = createHash('sha256');
  for (const place of places) addPlace(hash, resolve(root, place));
  return hash.digest('hex');
}

function addPlace(hash, path) {
  if (!existsSync(path)) return;
  if (statSync(path).isDirectory()) return addFolder(hash, path);
  hash
    .update(`${path.slice(root.length)}\0`)
    .update(readFileSync(path))
    .update('\0');
}

function addFolder(hash, folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    if (skipped.has(entry.name) || join(folder, entry.name) === compiled) continue;
    if (entry.isDirectory()) addFolder(hash, join(folder, entry.name));
    else if (wanted.test(entry.name)) addPlace(hash, join(folder, entry.name));
  }
}
