import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

/** Where a bundle finds the addon: a folder of the root, as dist/ is. */
const folder = fileURLToPath(new URL('../../../.cache', import.meta.url));

export const isRoot = process.getuid?.() === 0;

/** Bundles a TypeScript file and runs it in a network namespace of its own, which ends with it. @returns its lines */
export async function runInNamespace(entry: string): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  const outfile = `${folder}/in-namespace-${process.pid}-${Date.now()}.mjs`;
  try {
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    const { stdout } = await promisify(execFile)('unshare', [
      '-n',
      process.execPath,
      '--enable-source-maps',
      outfile,
    ]);
    return stdout.trim().split('\n');
  } finally {
    rmSync(outfile, { force: true });
  }
}
