import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

/** A deliberate bug: one place of one file, written otherwise. */
export interface Mutant {
  /** Absolute. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** How often the mutant's place occurs in the code as it is now. It has to be once. */
export async function occurrences({ file, find }: Mutant): Promise<number> {
  return (await readFile(file, 'utf8')).split(find).length - 1;
}

export interface Bundle {
  /** TypeScript that exports what is wanted. */
  readonly entry: string;
  /** Where its imports are looked for. */
  readonly folder: string;
  /** A new .mjs file. */
  readonly outfile: string;
}

/** Has the bundler read the mutant's place otherwise. The sources stay as they are. */
export const mutate = ({ file, find, replace }: Mutant): Plugin => ({
  name: 'mutate',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (path !== file) return undefined;
      const source = await readFile(path, 'utf8');
      return { contents: source.replace(find, () => replace), loader: 'ts' };
    });
  },
});

/**
 * Loads code of ours with a bug in it.
 * @param mutant undefined: the code as it is, bundled in the same way
 * @returns the module's exports, untyped, as import() gives them
 */
export async function importMutant(mutant: Mutant | undefined, bundle: Bundle) {
  await build({
    stdin: { contents: bundle.entry, resolveDir: bundle.folder, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: bundle.outfile,
    plugins: mutant === undefined ? [] : [mutate(mutant)],
  });
  return import(pathToFileURL(bundle.outfile).href);
}
