import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootFolder } from '../lab-support/root-folder.ts';

/** A file of the repository: its path from the root and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Folders that hold what was installed or made, not what was written. */
const notOurs = new Set(['node_modules', 'dist', '.git', '.cache', 'prebuilds']);

const compiled = join('packages', 'native', 'build');

/** Files of the repository whose path fits the pattern, in order of path. */
export function sourceFiles(pattern: RegExp): readonly SourceFile[] {
  return filesBelow('')
    .filter((path) => pattern.test(path))
    .flatMap(readIfThere);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(rootFolder, folder), { withFileTypes: true })
    .filter((entry) => !notOurs.has(entry.name) && join(folder, entry.name) !== compiled)
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() ? [path] : [];
    });
}

// A file may have gone between listing and reading while somebody works in the tree.
function readIfThere(path: string): readonly SourceFile[] {
  try {
    return [{ path, text: readFileSync(join(rootFolder, path), 'utf8') }];
  } catch {
    return [];
  }
}

/** The specifiers of static and dynamic imports and of re-exports. */
export const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map((found) => found[1] ?? '');

/** The text without comments and without what stands in quotes. */
export const codeOf = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");
