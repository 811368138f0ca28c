import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runQuietly } from '../lib/programs.mjs';
import { root } from '../lib/root.mjs';
import { SetupError } from '../lib/steps.mjs';

/** The names under which keepalived's users look things up: each stands beside its page. */
export const aliasPages = {
  'man/man5/keepalived.conf.5.gz': 'holdfast.conf.5.gz',
  'man/man8/keepalived.8.gz': 'holdfastd.8.gz',
};

/**
 * Writes what is made from the tables into a library: `share/` (manual pages, compressed as distributions want them,
 * and completions), and the reference of all keywords into `doc/`.
 */
export async function writeDocuments(library) {
  const share = join(library, 'share');
  const program = join(root, 'dist', 'documents.mjs');
  const { status, output } = await runQuietly(process.execPath, [program, share]);
  if (status !== 0) throw new SetupError(`the manual pages cannot be made: ${output}`);
  renameSync(join(share, 'doc', 'holdfast', 'reference'), join(library, 'doc', 'reference'));
  rmSync(join(share, 'doc'), { recursive: true });
  const manual = join(share, 'man');
  for (const name of readdirSync(manual, { recursive: true })) {
    const path = join(manual, name);
    if (!/\.[158]$/.test(name)) continue;
    // The same text gives the same bytes: no name and no time stand in the header.
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
    rmSync(path);
  }
}
