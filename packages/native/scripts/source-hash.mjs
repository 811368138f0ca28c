import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** SHA-256 over the names and contents of what the addon is built from: binding.gyp and src/addon, in order of name. */
export function sourceHash() {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const sources = readdirSync(`${folder}src/addon`).map((name) => `src/addon/${name}`);
  const hash = createHash('sha256');
  for (const file of ['binding.gyp', ...sources.sort()]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(`${folder}${file}`))
      .update('\0');
  }
  return hash.digest('hex');
}
