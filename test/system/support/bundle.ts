import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { rootFolder } from '../../lab-support/root-folder.ts';

/** A program for tests, made of TypeScript into one file that Node can run. */
export interface Program {
  readonly file: string;
  remove(): void;
}

/**
 * @param source path from the repository's root
 * @param beside the package whose dependencies the program may look up while it runs
 */
export async function bundleProgram(source: string, beside: string): Promise<Program> {
  const folder = join(rootFolder, beside, 'node_modules', `.test-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${source.replace(/.*\/|\.ts$/g, '')}.mjs`);
  await build({
    entryPoints: [join(rootFolder, source)],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['raw-socket'],
    logLevel: 'warning',
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The addon as it was built here, or as it travels in the package; `undefined` without either. */
export function addonFile(): string | undefined {
  const native = join(rootFolder, 'packages/native');
  const places = ['build/Release/holdfast.node', `prebuilds/linux-${process.arch}/holdfast.node`];
  return places.map((place) => join(native, place)).find((file) => existsSync(file));
}

/** A program for a guest, as text: it finds the addon beside itself. @param source path from the repository's root */
export async function bundleText(source: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(rootFolder, source)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Dependencies written for CommonJS call require(); an ES module has none unless it makes one.
    banner: {
      js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);",
    },
    external: ['raw-socket'],
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
